"""TIFF pictures, and the directories of tags that other formats have as metadata."""
import re
import struct
import zlib

from careful import need

TYPES = ['image/tiff']
TESTERS = [['tiffinfo', '-d', '{}'], ['gm', 'convert', 'tiff:{}', 'null:'], ['exiftool', '-s', '-Warning', '-Error', '{}']]
LARGE = 32 << 20
MANY = 1000
SIZES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8]
WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC, STRIPS, SAMPLES, ROWS, STRIP_BYTES = 256, 257, 258, 259, 262, 273, 277, 278, 279
PALETTE = 320
DIRECTORIES = (330, 34665)


def directory(data, at):
    """The tags of a directory, in their order, and where the next one is."""
    count = struct.unpack('<H', data[at:at + 2])[0]
    end = at + 2 + 12 * count
    tags = [struct.unpack('<HHII', data[place:place + 12]) for place in range(at + 2, end, 12)]
    return tags, struct.unpack('<I', data[end:end + 4])[0]


class Facts:
    """All directories, each only once."""

    def __init__(self, data):
        self.found = set()
        self.pages, self.tags = 0, []
        self.seen = set()
        self.data = data
        at = struct.unpack('<I', data[4:8])[0]
        while at:
            at = self.visit(at)
            self.pages += 1

    def visit(self, at):
        if at in self.seen:
            self.found.add('LOOP')
            return 0
        self.seen.add(at)
        try:
            tags, following = directory(self.data, at)
        except struct.error:
            self.found |= {'WRONG_SIZE', 'HUGE_PROMISE', 'TRUNCATED'}
            return 0
        for tag, kind, count, value in tags:
            if kind >= len(SIZES):
                self.found.add('MALFORMED')
            elif SIZES[kind] * count > 4 and value + SIZES[kind] * count > len(self.data):
                self.found |= {'HUGE_PROMISE' if count > LARGE else 'WRONG_SIZE'}
            if kind == 2 and re.search(rb'[<>$`\';]', self.data[value:value + count]):
                self.found.add('INJECTION')
            if tag in DIRECTORIES:
                self.visit(value)
        values = {tag: value for tag, _, _, value in tags}
        if values.get(513, 0) + values.get(514, 0) > len(self.data):
            self.found.add('WRONG_SIZE')
        self.tags += tags
        return following


def inflated(data):
    unpacker = zlib.decompressobj()
    size = 0
    while data and not unpacker.eof:
        size += len(unpacker.decompress(data, 1 << 20))
        data = unpacker.unconsumed_tail
    return size


def claims(data):
    facts = Facts(data)
    found = facts.found - {'INJECTION'}
    if facts.pages > MANY or len(facts.tags) / max(facts.pages, 1) > MANY:
        found.add('MANY_ENTRIES')
    if facts.pages != 1:
        return found
    kinds = {tag: (kind, count, value) for tag, kind, count, value in facts.tags}
    value = {tag: found[2] for tag, found in kinds.items()}
    if value.get(PHOTOMETRIC) == 3 and PALETTE not in value:
        found.add('MALFORMED')
    count = kinds.get(STRIPS, (0, 0, 0))[1]
    places = data[value.get(STRIPS, 0):][:4 * count]
    if 1 < count == len(places) // 4 and len(set(struct.unpack('<%dI' % count, places))) < count:
        found.add('OVERLAP')
    if value.get(WIDTH, 1) * value.get(HEIGHT, 1) * 4 > LARGE:
        packed = data[value[STRIPS]:value[STRIPS] + value[STRIP_BYTES]] if value[COMPRESSION] == 8 else b''
        found.add('BOMB' if inflated(packed) > LARGE else 'HUGE_PROMISE')
    end = max([place + SIZES[kind] * count for kind, count, place in kinds.values()
               if kind < len(SIZES) and SIZES[kind] * count > 4] + [max(facts.seen) + 6 + 12 * len(facts.tags)])
    if end < len(data) and value.get(STRIPS, 0) + value.get(STRIP_BYTES, 0) < len(data):
        found.add('CONCATENATED')
    return found


def walk(data):
    """Trusts each place and number in directories. Returns all that it has read of them."""
    shown = []

    def follow(at):
        tags, following = directory(data, at)
        for tag, kind, count, value in tags:
            content = bytearray(SIZES[kind] * count)
            content[:] = data[value:value + len(content)]
            shown.append(content)
            if tag in DIRECTORIES:
                follow(value)
        shown.append({tag: value for tag, _, _, value in tags})
        # What a page takes besides its pixels.
        shown.append(bytearray(1 << 20))
        return following

    at = struct.unpack('<I', data[4:8])[0]
    while at:
        at = follow(at)
    return shown


def show(data):
    """Shows each page. Returns how much memory that took and the number of parts."""
    shown, size = walk(data), 0
    for value in shown:
        if isinstance(value, dict):
            canvas = bytearray(value[WIDTH] * value[HEIGHT] * value[SAMPLES] * value[BITS])
            scale = 100 / value[WIDTH], 100 / value[HEIGHT], value[HEIGHT] / value[ROWS]
            rows = bytearray(value[STRIP_BYTES])
            rows[:] = data[value[STRIPS]:value[STRIPS] + len(rows)]
            for index in range(min(len(rows), len(canvas))):
                canvas[index] = rows[index]
            size += len(canvas) + len(rows)
    return size, len(shown)


def careful(data):
    """Knows one grey picture in one strip, and no other tags than it needs."""
    need(data[:4] == b'II*\0' and len(data) < 1 << 20, 'not a TIFF picture, or large')
    try:
        at = struct.unpack('<I', data[4:8])[0]
        need(8 < at < len(data), 'place of the directory')
        tags, following = directory(data, at)
    except struct.error as error:
        need(False, str(error))
    need(following == 0 and at + 6 + 12 * len(tags) == len(data), 'end')
    need([tag for tag, *_ in tags] == [WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC, STRIPS, SAMPLES, ROWS, STRIP_BYTES], 'tags')
    need(all(kind in (3, 4) and count == 1 for _, kind, count, _ in tags), 'types')
    width, height, *rest = [value for *_, value in tags]
    need(0 < width <= 4000 and 0 < height <= 4000, 'size')
    need(rest == [8, 1, 1, 8, 1, height, width * height] and at == 8 + width * height, 'values')
