"""Icons of Windows."""
import struct

import bmp
import png
from careful import need

TYPES = ['image/vnd.microsoft.icon', 'image/x-icon']
TESTERS = [['icotool', '-x', '-o', '/dev/null', '{}'], ['convert', 'ico:{}', 'null:']]
LARGE = 32 << 20
MANY = 1000


def entries(data):
    """Width, length and place of each."""
    for index in range(struct.unpack('<H', data[4:6])[0]):
        width, _, _, _, _, _, length, place = struct.unpack('<BBBBHHII', data[6 + 16 * index:22 + 16 * index])
        yield width or 256, length, place


def claims(data):
    reserved, kind, count = struct.unpack('<HHH', data[:6])
    found = set() if reserved == 0 and kind in (1, 2) else {'MALFORMED'}
    if count == 0:
        return {'EMPTY'}
    try:
        table = list(entries(data))
    except struct.error:
        return {'HUGE_PROMISE', 'TRUNCATED'}
    if len({place for _, _, place in table}) < count:
        return {'OVERLAP'}
    if count > MANY:
        found.add('MANY_ENTRIES')
    for width, length, place in table:
        picture = data[place:place + length]
        if len(picture) < length or place < 6 + 16 * count or not length:
            found |= {'HUGE_PROMISE' if length > LARGE else 'WRONG_SIZE', 'TRUNCATED'}
        elif picture[:8] == png.SIGNATURE:
            found |= png.claims(picture) - {'CONCATENATED'}
        else:
            found |= bitmap(bmp.Header(picture, 0), width, length)
    if max(place + length for _, length, place in table) < len(data):
        found.add('CONCATENATED')
    return found


def bitmap(header, width, length):
    if header.width * abs(header.height) * 4 > LARGE or header.used > 256:
        return {'HUGE_PROMISE'}
    if header.bytes != 40 or header.bits not in (1, 4, 8, 24, 32):
        return {'MALFORMED'}
    rows = header.width * header.height // 2 + (header.width + 31) // 32 * 4 * header.height // 2
    right = header.width == width and header.height == 2 * width and length == 40 + 4 * header.used + rows
    return set() if right else {'WRONG_SIZE'}


def show(data):
    """Draws each picture of the table, and trusts each number. Returns how much memory that took and the number of parts."""
    shown = []
    for width, length, place in entries(data):
        picture = bytearray(length)
        picture[:] = data[place:place + length]
        if picture[:8] == png.SIGNATURE:
            shown.append(bytearray(png.show(bytes(picture))[0]))
            continue
        header = bmp.Header(picture, 0)
        colours = bytearray(4 * header.used)
        canvas = bytearray(max(header.width * header.height // 2 * 4, 0))
        scale = 100 / header.width, 100 / header.height
        start = header.bytes + 4 * header.used
        for index in range(min(width * width, 64)):
            canvas[4 * index] = picture[start + index]
        shown.append(canvas)
    return sum(map(len, shown)), len(shown)


def careful(data):
    """Knows one picture of at most 256 colours behind the table."""
    need(22 < len(data) < 1 << 20 and data[:6] == b'\0\0\1\0\1\0', 'not an icon with one picture, or large')
    (width, length, place), = entries(data)
    need(place == 22 and place + length == len(data), 'place of the picture')
    picture = data[place:]
    need(len(picture) > 40, 'header of the picture')
    header = bmp.Header(picture, 0)
    need((header.bytes, header.planes, header.bits, header.compression) == (40, 1, 8, 0), 'kind of pixels')
    need(header.width == width and header.height == 2 * width and 0 < header.used <= 256, 'size')
    rows = (width + 3) // 4 * 4 * width
    need(length == 40 + 4 * header.used + rows + (width + 31) // 32 * 4 * width, 'rows')
    start = 40 + 4 * header.used
    need(max(picture[start:start + rows]) < header.used, 'colour')
