"""BMP pictures."""
import struct

from careful import need

TYPES = ['image/bmp', 'image/x-ms-bmp']
TESTERS = [['bmptopnm', '-quiet', '{}'], ['gm', 'convert', 'bmp:{}', 'null:'], ['convert', 'bmp:{}', 'null:']]
LARGE = 32 << 20


class Header:

    def __init__(self, data, at):
        (self.bytes, self.width, self.height, self.planes, self.bits, self.compression, _, _, _,
         self.used) = struct.unpack('<IiiHHIIiiI', data[at:at + 36])


def runs(data, at):
    """Length, value and kind of each run of RLE8."""
    while True:
        count, value = data[at], data[at + 1]
        at += 2
        if count:
            yield 'run', count, value
        elif value == 0:
            yield 'row', 0, 0
        elif value == 1:
            yield 'end', at, 0
            return
        elif value == 2:
            yield 'jump', data[at], data[at + 1]
            at += 2
        else:
            yield 'literal', value, data[at:at + value]
            at += value + value % 2


def claims(data):
    """What the header states, against the size of the file."""
    offset = struct.unpack('<I', data[10:14])[0]
    header = Header(data, 14)
    found = set()
    end = offset + (header.width * header.bits + 31) // 32 * 4 * abs(header.height)
    if header.compression == 1:
        last = list(runs(data, offset))[-1]
        end = last[1]
    if header.width <= 0 or header.height == 0 or header.height == -1 << 31 or end > len(data) or offset < 54 \
            or struct.unpack('<I', data[2:6])[0] > len(data):
        found.add('WRONG_SIZE')
    elif end < len(data):
        found.add('CONCATENATED')
    if header.width * abs(header.height) * 4 > LARGE:
        found.add('BOMB' if header.compression == 1 else 'HUGE_PROMISE')
    if header.used > 256 or header.bytes > 1 << 20:
        found.add('HUGE_PROMISE')
    used = data[offset:offset + 64]
    if header.planes != 1 or header.bits not in (1, 4, 8, 16, 24, 32) or header.compression > 3 or header.bytes < 12 \
            or header.compression == 1 and header.bits != 8 or max(used, default=0) >= header.used > 0 \
            or header.compression == 3 and not masks(data[54:66]):
        found.add('MALFORMED')
    return found


def masks(data):
    """Whether they are runs of bits that do not overlap."""
    values = struct.unpack('<3I', data)
    runs_only = all(value and '0' not in bin(value)[2:].rstrip('0') for value in values)
    return runs_only and sum(values) == values[0] | values[1] | values[2]


def show(data):
    """Draws the rows and trusts each number of the header. Returns how much memory that took and the number of parts."""
    offset = struct.unpack('<I', data[10:14])[0]
    header = Header(data, 14)
    colours = bytearray(header.used * 4)
    rows = header.bytes and bytearray(header.bytes)
    canvas = bytearray(max(header.width * abs(header.height) * 4, 0))
    scale = 100 / header.width, 100 / header.height
    at = 0
    if header.compression == 1:
        for kind, count, value in runs(data, offset):
            if kind in ('run', 'literal'):
                canvas[at:at + 4 * count:4] = bytes([value]) * count if kind == 'run' else value
                at += 4 * count
            at += (count + value * header.width) * 4 if kind == 'jump' else 0
    else:
        for index in range(min(header.width * abs(header.height), len(data))):
            canvas[4 * index] = data[offset + index]
    return len(canvas) + len(colours), 1


def careful(data):
    """Knows only pictures with at most 256 colours that are not packed."""
    need(data[:2] == b'BM' and 54 < len(data) < 1 << 20, 'not a BMP picture, or large')
    size, reserved, offset = struct.unpack('<III', data[2:14])
    header = Header(data, 14)
    need(size == len(data) and reserved == 0 and header.bytes == 40, 'headers')
    need((header.planes, header.bits, header.compression) == (1, 8, 0), 'kind of pixels')
    need(0 < header.width <= 4000 and 0 < header.height <= 4000 and 0 < header.used <= 256, 'size')
    need(offset == 54 + 4 * header.used, 'place of the rows')
    width = (header.width + 3) // 4 * 4
    need(len(data) == offset + width * header.height, 'rows')
    need(max(data[offset:]) < header.used, 'colour')
