"""JPEG pictures."""
import re
import struct

import tiff
from careful import need

TYPES = ['image/jpeg']
TESTERS = [['djpeg', '-strict', '-outfile', '/dev/null', '{}'], ['gm', 'convert', 'jpeg:{}', 'null:'],
           ['exiftool', '-s', '-Warning', '-Error', '{}']]
LARGE = 32 << 20
MANY = 1000
SCANS = 100
START, END, SCAN, FRAMES, HUFFMAN, QUANTIZATION = 0xd8, 0xd9, 0xda, (0xc0, 0xc2), 0xc4, 0xdb


def segments(data):
    """Code and content of each segment, and of a scan its codes. In the end, what follows."""
    at = 2
    while data[at:at + 1] == b'\xff':
        code, length = struct.unpack('>BH', data[at + 1:at + 4].ljust(3, b'\0'))
        if code == END:
            yield END, data[at + 2:]
            return
        content = data[at + 4:at + 2 + length]
        need(length >= 2 and len(content) == length - 2, 'length of a segment')
        at += 2 + length
        if code == SCAN:
            end = re.compile(b'\xff[^\0\xd0-\xd7]').search(data, at)
            need(end, 'scan without end')
            content += data[at:end.start()]
            at = end.start()
        yield code, content
    need(False, 'no segment')


def claims(data):
    found, scans, count, width, height = set(), 0, 0, 0, 0
    for code, content in segments(data):
        count += 1
        if code in FRAMES:
            height, width = struct.unpack('>HH', content[1:5])
        elif code == SCAN:
            scans += 1
            blocks = (width // 8) * (height // 8)
            if width * height * 4 > LARGE and scans == 1:
                found.add('BOMB' if len(content) * 4 >= blocks and len(data) > 1000 else 'HUGE_PROMISE')
            elif width * height > 64 and scans == 1:
                found.add('WRONG_SIZE')
        elif code == END and content:
            found.add('CONCATENATED')
        elif content[:5] == b'JFIF\0':
            # Of a thumbnail, each pixel has three bytes.
            found |= set() if len(content) >= 14 + 3 * content[12] * content[13] else {'WRONG_SIZE'}
        elif content[:6] == b'Exif\0\0':
            found |= tiff.Facts(content[6:]).found
        elif b'<!ENTITY' in content:
            found.add('EXTERNAL_REFERENCE' if b' SYSTEM ' in content else 'BOMB')
        elif content[:11] == b'ICC_PROFILE':
            found |= profile(content)
        elif b'xmp/extension' in content and struct.unpack('>I', content[67:71])[0] > LARGE:
            found.add('HUGE_PROMISE')
    if scans > SCANS:
        found = {'COMPLEXITY'}
    elif count > MANY:
        found.add('MANY_ENTRIES')
    return found


def profile(content):
    """Part, number of parts, and size of the whole."""
    part, parts, size = struct.unpack('>BBI', content[12:18])
    return {'HUGE_PROMISE'} if size > LARGE else set() if part == parts == 1 else {'MALFORMED'}


def expanded(text):
    """With all entities in place, however much that is."""
    entities = dict(re.findall(r"<!ENTITY (\w+) '(.*?)'>", text))
    text = text.split(']>')[-1]
    while '&' in text:
        text = re.sub(r'&(\w+);', lambda name: entities[name.group(1)], text)
    return text


def show(data):
    """Shows the picture with its metadata, and trusts each number in it. Returns how much memory that took and the number of
    parts."""
    at, parts, shown = 2, 0, []
    while at + 4 <= len(data):
        code, length = struct.unpack('>BH', data[at + 1:at + 4])
        content = data[at + 4:at + 2 + length]
        if data[at] != 0xff or code in (START, END):
            at += 1
            continue
        if code in FRAMES:
            height, width = struct.unpack('>HH', content[1:5])
            canvas = bytearray(width * height * 4)
            scale = 100 / width, 100 / height
            shown.append(canvas)
        elif code == SCAN:
            for block in range(width // 8 * (height // 8)):
                canvas[256 * block] = 128
        elif content[:6] == b'Exif\0\0':
            shown += tiff.walk(content[6:])
        elif b'<!ENTITY' in content:
            shown.append(expanded(content.decode('latin-1')))
        elif content[:11] == b'ICC_PROFILE':
            shown.append(bytearray(struct.unpack('>I', content[14:18])[0]))
        elif b'xmp/extension' in content:
            shown.append(bytearray(struct.unpack('>I', content[67:71])[0]))
        parts += 1
        at += 2 + length
    return sum(map(len, shown)), parts


def symbols(content):
    """The symbols of a Huffman table by length and code."""
    need(len(content) > 17 and len(content) == 17 + sum(content[1:17]), 'Huffman table')
    table, code, at = {}, 0, 17
    for length in range(1, 17):
        for _ in range(content[length]):
            need(code < 1 << length, 'too many codes')
            table[length, code] = content[at]
            code, at = code + 1, at + 1
        code <<= 1
    return table


def bits(codes):
    for byte in codes.replace(b'\xff\0', b'\xff'):
        for index in range(7, -1, -1):
            yield byte >> index & 1


def symbol(stream, table):
    length, code = 0, 0
    while (length, code) not in table:
        need(length < 16, 'code')
        code, length = code << 1 | next(stream), length + 1
    return table[length, code]


def decode(stream, blocks, dc, ac):
    for _ in range(blocks):
        for _ in range(symbol(stream, dc)):
            next(stream)
        index = 1
        while index < 64:
            value = symbol(stream, ac)
            if value == 0:
                break
            index += (value >> 4) + 1
            need(index <= 64, 'values of a block')
            for _ in range(value & 15):
                next(stream)
    rest = list(stream)
    need(len(rest) < 8 and all(rest), 'more codes than the size needs')


def careful(data):
    """Knows small grey pictures without metadata."""
    need(data[:2] == b'\xff\xd8' and len(data) < 1 << 20, 'not a JPEG picture, or large')
    found = list(segments(data))
    codes = [code for code, _ in found]
    need(codes == [0xe0, QUANTIZATION, HUFFMAN, HUFFMAN, FRAMES[0], SCAN, END], 'segments')
    (jfif, quantization, dc, ac, frame, scan, rest) = [content for _, content in found]
    need(not rest, 'data behind the end')
    need(jfif[:5] == b'JFIF\0' and len(jfif) == 14 and jfif[12:] == b'\0\0', 'first segment')
    need(len(quantization) == 65 and quantization[0] == 0 and 0 not in quantization[1:], 'quantization')
    need(len(frame) == 9 and frame[0] == 8 and frame[5:] == b'\1\1\x11\0', 'frame')
    height, width = struct.unpack('>HH', frame[1:5])
    need(0 < width <= 4000 and 0 < height <= 4000, 'size')
    need(dc[0] == 0 and ac[0] == 0x10 and scan[:6] == b'\1\1\0\0\x3f\0', 'scan')
    try:
        decode(bits(scan[6:]), ((width + 7) // 8) * ((height + 7) // 8), symbols(dc), symbols(ac))
    except (StopIteration, RuntimeError):
        need(False, 'fewer codes than the size needs')
