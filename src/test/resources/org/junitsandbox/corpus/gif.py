"""GIF pictures."""
import struct

from careful import need

TYPES = ['image/gif']
TESTERS = [['giftext', '{}'], ['gm', 'convert', 'gif:{}', 'null:'], ['convert', 'gif:{}', 'null:']]
LARGE = 32 << 20
MANY = 1000
SCREEN, FRAME, EXTENSION, END = 0, 0x2c, 0x21, 0x3b


def joined(data, at):
    """The content of blocks, their number, and where they end."""
    content, count = [], 0
    while data[at]:
        content.append(data[at + 1:at + 1 + data[at]])
        at += 1 + data[at]
        count += 1
    return b''.join(content), count, at + 1


def table(flags):
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def parts(data):
    """Label, description and content of each part, the number of its blocks, and where it ends."""
    at = 13 + table(data[10])
    yield SCREEN, data[6:13], b'', 0, at
    while data[at] != END:
        label, description = data[at], data[at + 1:at + 11]
        if label == FRAME:
            start = at + 10 + table(description[8])
            content, count, at = joined(data, start + 1)
            content = data[start:start + 1] + content
        elif label == EXTENSION:
            content, count, at = joined(data, at + 2)
        else:
            raise ValueError('label %d' % label)
        yield label, description, content, count, at
    yield END, b'', b'', 0, at + 1


def strings(content):
    """What each code stands for. The first byte is the number of bits of a colour."""
    bits, number, have, at = content[0], 0, 0, 1
    clear = 1 << bits
    first = [bytes([each & 0xff]) for each in range(clear)] + [b'', b'']
    known, last, width = list(first), None, bits + 1
    while True:
        while have < width:
            number |= content[at] << have
            have, at = have + 8, at + 1
        code, number, have = number & (1 << width) - 1, number >> width, have - width
        if code == clear:
            known, last, width = list(first), None, bits + 1
            continue
        if code == clear + 1:
            return
        if last is not None and len(known) < 4096:
            known.append(last + (known[code] if code < len(known) else last)[:1])
        last = known[code]
        if len(known) == 1 << width and width < 12:
            width += 1
        yield last


def claims(data):
    found, frames, largest = set(), [], 0
    for label, description, content, count, end in parts(data):
        if label == SCREEN:
            width, height = struct.unpack('<HH', description[:4])
        elif label == FRAME:
            frames.append((struct.unpack('<4H', description[:8]), content))
        elif label == END and end < len(data):
            found.add('CONCATENATED')
        largest = max(largest, count)
    if max(len(frames), largest, data.count(b'\x21\xfe')) > MANY and len(frames) != MANY:
        found.add('MANY_ENTRIES')
    if width * height * 4 * len(frames) > LARGE:
        whole = len(frames) == MANY or all(sum(map(len, strings(content))) >= w * h for (_, _, w, h), content in frames)
        found.add('BOMB' if whole and frames[0][0][2] in (1, width) else 'HUGE_PROMISE')
    for (left, top, right, bottom), _ in frames:
        if not right or not bottom or left + right > width or top + bottom > height:
            found.add('WRONG_SIZE')
    return found


def show(data):
    """Draws each frame as a whole picture, and trusts each number in it. Returns how much memory that took and the number
    of parts."""
    shown, count = [], 0
    for label, description, content, blocks, end in parts(data):
        count += 1 + blocks
        if label == SCREEN:
            width, height = struct.unpack('<HH', description[:4])
            canvas = bytearray(width * height * 4)
            scale = 100 / width, 100 / height
        elif label == FRAME:
            left, top, w, h = struct.unpack('<4H', description[:8])
            pixels = bytearray(w * h)
            scale = 100 / w, 100 / h
            at = 0
            for string in strings(content):
                pixels[at:at + len(string)] = string
                at += len(string)
            for index in range(min(w * h, 64)):
                canvas[((top + index // w) * width + left + index % w) * 4] = pixels[index]
            shown.append(bytes(canvas))
    return sum(map(len, shown)), count


def careful(data):
    """Knows one frame that fills the screen, and no extensions."""
    need(data[:6] == b'GIF89a' and len(data) < 1 << 20, 'not a GIF picture, or large')
    found, count = {}, 0
    try:
        for label, description, content, blocks, end in parts(data):
            need(label not in found and label != EXTENSION, 'extensions, or several frames')
            found[label] = description, content
        need(end == len(data), 'data behind the end')
        need(FRAME in found and data[10] & 0x80, 'no frame or no colours')
        (screen, _), (frame, content) = found[SCREEN], found[FRAME]
        size = struct.unpack('<HH', screen[:4])
        need(struct.unpack('<4H', frame[:8]) == (0, 0) + size and all(0 < each <= 4000 for each in size), 'size')
        need(2 <= content[0] <= 8, 'bits of a colour')
        for string in strings(content):
            count += len(string)
            need(count <= size[0] * size[1], 'more pixels than stated')
    except (IndexError, ValueError, struct.error) as error:
        need(False, str(error))
    need(count == size[0] * size[1], 'fewer pixels than stated')
