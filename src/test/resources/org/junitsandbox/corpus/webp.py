"""WebP pictures."""
import re
import struct
import subprocess
import tempfile

import tiff
from careful import need
from jpeg import expanded

TYPES = ['image/webp']
TESTERS = [['webpinfo', '-quiet', '{}'], ['dwebp', '-quiet', '-o', '/dev/null', '{}'], ['gm', 'convert', 'webp:{}', 'null:']]
LARGE = 32 << 20
MANY = 1000


def chunks(data, end=None):
    """Type and content of each chunk, and the length that it states."""
    at, end = (12, len(data)) if end is None else (0, end)
    while at + 8 <= end:
        kind, length = struct.unpack('<4sI', data[at:at + 8])
        yield kind, data[at + 8:at + 8 + length], length
        at += 8 + length + length % 2


def size(kind, content):
    """Of a picture: width and height, or none if it is not valid."""
    if kind == b'VP8L':
        bits = int.from_bytes(content[1:5], 'little')
        return (bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1
    return tuple(each & 0x3fff for each in struct.unpack('<HH', content[6:10]))


def three(content, at):
    return int.from_bytes(content[at:at + 3], 'little')


def claims(data):
    found, frames, pictures, canvas = set(), 0, 0, None
    parts = list(chunks(data))
    stated = struct.unpack('<I', data[4:8])[0]
    if stated > len(data):
        found.add('HUGE_PROMISE' if stated > LARGE else 'WRONG_SIZE')
    elif stated + 8 < len(data):
        found |= {'CONCATENATED', 'WRONG_SIZE'}
    for kind, content, length in parts:
        if length > len(content):
            found.add('HUGE_PROMISE' if length > LARGE else 'WRONG_SIZE')
        elif kind == b'VP8X':
            canvas = three(content, 4) + 1, three(content, 7) + 1
        elif kind in (b'VP8L', b'VP8 '):
            pictures += 1
            width, height = size(kind, content)
            if canvas and canvas != (width, height) or not width or not height:
                found.add('WRONG_SIZE')
            canvas = canvas or (width, height)
        elif kind == b'ANMF':
            frames += 1
            left, top, width, height = [three(content, at) for at in (0, 3, 6, 9)]
            if 2 * left + width + 1 > canvas[0] or 2 * top + height + 1 > canvas[1]:
                found.add('WRONG_SIZE' if width < LARGE // 4 else 'HUGE_PROMISE')
        elif kind == b'EXIF':
            found |= tiff.Facts(content).found
        elif b'<!ENTITY' in content:
            found.add('EXTERNAL_REFERENCE' if b' SYSTEM ' in content else 'BOMB')
        elif kind == b'ICCP' and struct.unpack('>I', content[:4])[0] > LARGE:
            found.add('HUGE_PROMISE')
    if pictures > 1:
        found.add('CONCATENATED')
    width, height = canvas or (0, 0)
    if width * height * 4 * max(frames, 1) > LARGE:
        whole = frames or (width, height) == size(*parts[0][:2])
        found.add('BOMB' if whole and frames in (0, MANY) else 'HUGE_PROMISE')
    if max(frames, len(parts)) > MANY + 2:
        found = {'MANY_ENTRIES'}
    return found


def show(data):
    """Draws each frame as a whole picture, and trusts each number in it. Returns how much memory that took and the number
    of parts."""
    shown, parts, canvas = [], 0, None
    rest = bytearray(struct.unpack('<I', data[4:8])[0])
    for kind, content, length in chunks(data):
        parts += 1
        copy = bytearray(length)
        copy[:] = content
        if kind in (b'VP8L', b'VP8 ', b'VP8X'):
            width, height = size(kind, content) if kind != b'VP8X' else (three(content, 4) + 1, three(content, 7) + 1)
            canvas = bytearray(width * height * 4)
            scale = 100 / width, 100 / height
            shown.append(canvas)
        elif kind == b'ANMF':
            left, top, width, height = [three(content, at) for at in (0, 3, 6, 9)]
            pixels = bytearray((width + 1) * (height + 1) * 4)
            canvas[2 * top * 4 + 2 * left * 4] = 128
            shown.append(bytes(canvas))
        elif kind == b'EXIF':
            shown += tiff.walk(content)
        elif b'<!ENTITY' in content:
            shown.append(expanded(content.decode('latin-1')))
        elif kind == b'ICCP':
            shown.append(bytearray(struct.unpack('>I', content[:4])[0]))
    return sum(map(len, shown)), parts


def careful(data):
    """Knows one small picture without metadata, and leaves its codes to a decoder that it watches."""
    need(data[:4] == b'RIFF' and data[8:12] == b'WEBP' and len(data) < 1 << 20, 'not a WebP picture, or large')
    need(struct.unpack('<I', data[4:8])[0] + 8 == len(data), 'size of the file')
    found = list(chunks(data))
    need(len(found) == 1 and found[0][0] == b'VP8L', 'chunks')
    _, content, length = found[0]
    need(5 < length == len(content) and 20 + length + length % 2 == len(data), 'size of the chunk')
    need(content[0] == 0x2f and content[4] & 0xe0 == 0, 'header')
    width, height = size(b'VP8L', content)
    need(width <= 4000 and height <= 4000, 'size')
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        done = subprocess.run(['dwebp', '-quiet', '-o', '/dev/null', file.name], stdin=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, timeout=10)
    need(done.returncode == 0, 'codes')
