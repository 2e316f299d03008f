"""Documents of Photoshop."""
import struct

from careful import need

TYPES = ['image/vnd.adobe.photoshop']
TESTERS = [['convert', 'psd:{}', 'null:'], ['exiftool', '-s', '-Warning', '-Error', '{}']]
LARGE = 32 << 20
MANY = 1000


def header(data, signs='II'):
    """Channels, height, width, depth and mode."""
    return struct.unpack('>H' + signs + 'HH', data[12:26])


def sections(data):
    """Stated length and content of each section, and at last what follows."""
    at = 26
    for _ in range(3):
        length, = struct.unpack('>I', data[at:at + 4])
        yield length, data[at + 4:at + 4 + length]
        at += 4 + length
    yield len(data) - at, data[at:]


def resources(content):
    """Stated length and content of each."""
    at = 0
    while at + 12 <= len(content):
        length, = struct.unpack('>I', content[at + 8:at + 12])
        yield length, content[at + 12:at + 12 + length]
        at += 12 + length + length % 2


def runs(codes):
    """Length of what comes out of each code of PackBits."""
    at = 0
    while at < len(codes):
        count = codes[at]
        yield 257 - count if count > 128 else count + 1 if count < 128 else 0
        at += 2 if count > 128 else count + 2


def claims(data):
    found = set()
    channels, height, width, depth, mode = header(data)
    if data[4:12] != b'\0\1\0\0\0\0\0\0' or not 0 < channels <= 56 or depth not in (1, 8, 16, 32) or mode > 9:
        found.add('MALFORMED')
    if not width or not height or height >= 1 << 31:
        found.add('WRONG_SIZE')
    parts = list(sections(data))
    for length, content in parts[:3]:
        if length > len(content):
            found.add('HUGE_PROMISE')
    (colours, _), (_, resource_data), (_, layers), (_, pixels) = parts
    listed = list(resources(resource_data))
    if len(listed) > MANY:
        found.add('MANY_ENTRIES')
    if any(length > len(content) for length, content in listed):
        found.add('HUGE_PROMISE')
    if any(b'<!ENTITY' in content and b' SYSTEM ' in content for _, content in listed):
        found.add('EXTERNAL_REFERENCE')
    if mode == 2 and not colours:
        found.add('MALFORMED')
    if layers:
        found |= layer_claims(layers[4:])
    return found | pixel_claims(pixels, channels, width, height)


def layer_claims(content):
    count, = struct.unpack('>h', content[:2])
    if len(content) < 2 + 16 * abs(count):
        return {'WRONG_SIZE' if count < 0 else 'HUGE_PROMISE'}
    top, left, bottom, right = struct.unpack('>4i', content[2:18])
    return {'WRONG_SIZE'} if bottom < top or right < left else {'HUGE_PROMISE'} if (bottom - top) * (right - left) > LARGE \
        else set()


def pixel_claims(pixels, channels, width, height):
    method = struct.unpack('>H', pixels[:2])[0] if len(pixels) > 1 else 0
    size = channels * width * height
    large = width * height * 4 > LARGE
    if method == 0:
        have = len(pixels) - 2
        return {'HUGE_PROMISE'} if large else {'CONCATENATED'} if have > size else {'WRONG_SIZE', 'TRUNCATED'} if have < size \
            else set()
    if method != 1:
        return {'MALFORMED'}
    counts = struct.unpack('>%dH' % height, pixels[2:2 + 2 * height])
    whole = sum(runs(pixels[2 + 2 * height:])) == width * height
    return {'BOMB'} if large and whole else {'WRONG_SIZE'} if sum(counts) + 2 + 2 * height != len(pixels) or not whole else set()


def show(data):
    """Shows the document, and trusts each number in it. Returns how much memory that took and the number of parts."""
    channels, height, width, depth, mode = header(data, 'ii')
    canvas = bytearray(max(width * height * channels * 4, 0))
    scale = 100 / width, 100 / height
    parts = list(sections(data))
    copies = [bytearray(length) for length, _ in parts if length > 0]
    count = 0
    for length, content in resources(parts[1][1]):
        copies.append(bytearray(length))
        count += 1
    layers = parts[2][1]
    for index in range(struct.unpack('>h', layers[4:6])[0] if layers else 0):
        top, left, bottom, right = struct.unpack('>4i', layers[6:22])
        copies.append(bytearray((bottom - top) * (right - left)))
    pixels = parts[3][1]
    for index in range(min(width * height, 64)):
        canvas[index] = pixels[2 + index]
    return len(canvas) + sum(map(len, copies)), count


def careful(data):
    """Knows one grey picture that is not packed, and no layers or resources."""
    need(data[:12] == b'8BPS\0\1\0\0\0\0\0\0' and 40 < len(data) < 1 << 20, 'not a document of Photoshop, or large')
    channels, height, width, depth, mode = header(data)
    need((channels, depth, mode) == (1, 8, 1), 'kind of pixels')
    need(0 < width <= 4000 and 0 < height <= 4000, 'size')
    need(data[26:40] == b'\0' * 14, 'sections, or packed')
    need(len(data) == 40 + width * height, 'rows')
