"""PNG pictures."""
import struct
import zlib

from careful import need

SIGNATURE = b'\x89PNG\r\n\x1a\n'
LARGE = 32 << 20
MANY = 1000
TYPES = ['image/png']
TESTERS = [['pngcheck', '-q', '{}'], ['gm', 'convert', 'png:{}', 'null:'], ['convert', 'png:{}', 'null:']]


def chunks(data):
    """Type, content and checksum of each chunk, and in the end what follows."""
    at = 8
    while at + 12 <= len(data):
        length, kind = struct.unpack('>I4s', data[at:at + 8])
        yield kind, data[at + 8:at + 8 + length], data[at + 8 + length:at + 12 + length]
        at += 12 + length
        if kind == b'IEND':
            break
    yield b'', data[at:], b''


def inflated(data):
    """How many bytes come out."""
    unpacker = zlib.decompressobj()
    size = 0
    while data and not unpacker.eof:
        size += len(unpacker.decompress(data, 1 << 20))
        data = unpacker.unconsumed_tail
    return size


def claims(data):
    found = set()
    parts = list(chunks(data))
    if len(parts) > MANY:
        found.add('MANY_ENTRIES')
    width, height = struct.unpack('>II', parts[0][1][:8]) if parts[0][0] == b'IHDR' else (0, 0)
    packed = [content.split(b'\0', 1)[1][1:] for kind, content, _ in parts if kind in (b'zTXt', b'iCCP')]
    pixels = b''.join(content for kind, content, _ in parts if kind == b'IDAT')
    if max([0] + [inflated(each) for each in packed]) > LARGE or width * height * 4 > LARGE and inflated(pixels) > LARGE:
        found.add('BOMB')
    return found | ({'CONCATENATED'} if parts[-1][1] else set())


def show(data):
    """Decodes the picture, and trusts each number in it. Returns how much memory that took and the number of parts."""
    at, rows, parts, size = 8, b'', 0, 0
    width = height = None
    while at < len(data):
        length, kind = struct.unpack('>i4s', data[at:at + 8])
        content = bytearray(max(length, 0))
        content[:] = data[at + 8:at + 8 + length]
        if kind == b'IHDR':
            width, height = struct.unpack('>ii', content[:8])
            pixels = bytearray(max(width * height * 4, 0))
        elif kind == b'IDAT':
            rows += content
        elif kind in (b'zTXt', b'iCCP'):
            size += len(zlib.decompress(content.split(b'\0', 1)[1][1:]))
        parts += 1
        at += 12 + max(length, 0)
    thumbnail = 100 / width, 100 / height
    out = zlib.decompressobj(-15).decompress(rows[2:])
    for index in range(min(len(out), len(pixels))):
        pixels[index] = out[index]
    return size + len(pixels), parts


def careful(data):
    """Reads every chunk by the specification, within limits, and knows only what small grey pictures need."""
    need(data[:8] == SIGNATURE, 'not a PNG picture')
    need(len(data) < 1 << 20, 'large')
    at, kinds, rows, header = 8, [], b'', b''
    while at < len(data):
        need(at + 12 <= len(data) and len(kinds) < 100, 'truncated, or too many chunks')
        length, kind = struct.unpack('>I4s', data[at:at + 8])
        need(length <= len(data) - at - 12, 'length of a chunk')
        content = data[at + 8:at + 8 + length]
        need(struct.pack('>I', zlib.crc32(kind + content)) == data[at + 8 + length:at + 12 + length], 'checksum')
        need(kind in (b'IHDR', b'IDAT', b'IEND'), 'chunk that is not allowed')
        need((kind == b'IHDR') == (not kinds), 'no header at the beginning, or two')
        need(b'IEND' not in kinds, 'data behind the end')
        header, rows = header or content, rows + (content if kind == b'IDAT' else b'')
        kinds.append(kind)
        at += 12 + length
    need(kinds[-1:] == [b'IEND'] and b'IDAT' in kinds and len(header) == 13, 'chunks')
    width, height, *rest = struct.unpack('>IIBBBBB', header)
    need(0 < width <= 4000 and 0 < height <= 4000 and rest == [8, 0, 0, 0, 0], 'header')
    unpacker = zlib.decompressobj()
    try:
        out = unpacker.decompress(rows, (width + 1) * height + 1)
    except zlib.error as error:
        need(False, str(error))
    need(unpacker.eof and not unpacker.unused_data and len(out) == (width + 1) * height, 'data')
    need(all(out[row * (width + 1)] < 5 for row in range(height)), 'filter')
