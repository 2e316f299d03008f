"""Playlists, MP4, WAVE and AVI: readers of their own, which check each size, beside exiftool and mediainfo, and
python-m3u8 for playlists."""
import math
import os
import re
import struct
import urllib.parse
import urllib.request

import m3u8

from careful import need
from tools import DAMAGED, LARGE, MANY, ends_in_recursion, read, run, spend, too_long, watch

CONTAINERS = {b'moov', b'trak', b'mdia', b'minf', b'stbl', b'udta', b'dinf'}
TABLES = {b'stsz': (4, None), b'stts': (0, 8), b'stsc': (0, 12), b'stco': (0, 4)}


class Wrong(Exception):
    """What a file has that it must not have."""


def boxes(data, start, end, found, depth=0):
    """All boxes with their places. A stack, not a recursion."""
    stack = [(start, end, depth)]
    while stack:
        at, end, depth = stack.pop()
        while at < end:
            if end - at < 8:
                raise Wrong('TRUNCATED' if end == len(data) else 'WRONG_SIZE')
            size, kind = struct.unpack('>I4s', data[at:at + 8])
            header = 8
            if size == 1:
                size, header = struct.unpack('>Q', data[at + 8:at + 16])[0], 16
            if size == 0:
                raise Wrong('LOOP')
            if size < header or size > 1 << 63:
                raise Wrong('WRONG_SIZE')
            if at + size > end:
                raise Wrong('HUGE_PROMISE' if size > 1 << 30 else 'TRUNCATED' if end == len(data) else 'WRONG_SIZE')
            found.append((kind, at + header, at + size, depth))
            if kind in CONTAINERS:
                stack.append((at + size, end, depth))
                at, end, depth = at + header, at + size, depth + 1
            else:
                at += size
    return found


def mp4_claims(data):
    try:
        found = boxes(data, 0, len(data), [])
    except Wrong as wrong:
        return {str(wrong)}
    kinds = [kind for kind, _, _, _ in found]
    if max(depth for _, _, _, depth in found) > MANY:
        return {'NESTING'}
    if len(found) > MANY:
        return {'MANY_ENTRIES'}
    claims = {'CONCATENATED'} if kinds.count(b'ftyp') > 1 else set()
    parts = {kind: data[start:end] for kind, start, end, _ in found}
    if b'dref' in parts and re.search(rb'(http|file)://', parts[b'dref']):
        claims.add('EXTERNAL_REFERENCE')
    claims |= {'INJECTION'} if re.search(rb'<script|\x1b\]', parts.get(b'titl', b'')) else set()
    if not {b'ftyp', b'moov', b'mvhd', b'stsz', b'stts', b'stsc', b'stco'} <= set(kinds):
        return claims | {'MALFORMED'}
    for kind, (skip, width) in TABLES.items():
        content = parts[kind][4 + skip:]
        count = struct.unpack('>I', content[:4])[0]
        fields = struct.unpack('>%dI' % (len(content) // 4 - 1), content[4:])
        size = struct.unpack('>I', parts[kind][4:8])[0] if kind == b'stsz' else 0
        if count * (width or (0 if size else 4)) > len(content) - 4 or max(fields + (size,)) > 1 << 30:
            claims.add('HUGE_PROMISE')
        if kind == b'stsz' and count == 0:
            claims.add('EMPTY')
    if not claims:
        offset, first = struct.unpack('>I', parts[b'stco'][8:12])[0], struct.unpack('>I', parts[b'stsc'][8:12])[0]
        scale = struct.unpack('>I', parts[b'mvhd'][12:16])[0]
        claims |= {'MALFORMED'} if offset > len(data) or first == 0 or scale == 0 else set()
    return claims


def chunks(data, start, end, found, depth=0):
    stack = [(start, end, depth)]
    while stack:
        at, end, depth = stack.pop()
        while at < end:
            if end - at < 8:
                raise Wrong('TRUNCATED')
            kind, size = struct.unpack('<4sI', data[at:at + 8])
            if at + 8 + size > end:
                raise Wrong('HUGE_PROMISE' if size > 1 << 30 else 'TRUNCATED')
            found.append((kind, at + 8, at + 8 + size, depth))
            after = at + 8 + size + size % 2
            if kind in (b'LIST', b'RIFF'):
                stack.append((after, end, depth))
                at, end, depth = at + 12, at + 8 + size, depth + 1
            else:
                at = after
    return found


def riff_claims(data):
    if data[:4] == b'RIFF' and len(data) > 8 and data.count(b'RIFF') == 1:
        if struct.unpack('<I', data[4:8])[0] + 8 < len(data):
            return {'WRONG_SIZE'}
    try:
        found = chunks(data, 0, len(data), [])
    except Wrong as wrong:
        return {str(wrong)}
    parts = {kind: data[start:end] for kind, start, end, _ in found}
    kinds = [kind for kind, _, _, _ in found]
    if max(depth for _, _, _, depth in found) > MANY:
        return {'NESTING'}
    if len(found) > MANY:
        return {'MANY_ENTRIES'}
    claims = {'CONCATENATED'} if kinds.count(b'RIFF') > 1 else set()
    claims |= {'INJECTION'} if re.search(rb'<script|\x1b\]', parts.get(b'INAM', b'')) else set()
    if b'cue ' in parts and struct.unpack('<I', parts[b'cue '][:4])[0] * 24 > len(parts[b'cue ']):
        claims.add('HUGE_PROMISE')
    return claims | (wave(parts) if data[8:12] == b'WAVE' else movie(parts, dict((k, s) for k, s, _, _ in found)))


def wave(parts):
    if len(parts.get(b'fmt ', b'')) < 16 or not parts.get(b'data'):
        return {'MALFORMED'}
    _, channels, rate, _, align, bits = struct.unpack('<HHIIHH', parts[b'fmt '][:16])
    found = {'MALFORMED'} if 0 in (channels, rate, align, bits) else set()
    return found | ({'HUGE_PROMISE'} if channels > 64 or rate > 1 << 20 else set())


def movie(parts, places):
    if b'avih' not in parts or b'strf' not in parts:
        return {'MALFORMED'}
    frames = struct.unpack('<I', parts[b'avih'][16:20])[0]
    width, height = struct.unpack('<ii', parts[b'strf'][4:12])
    scale, rate = struct.unpack('<II', parts[b'strh'][20:28])
    if b'indx' in parts and struct.unpack('<Q', parts[b'indx'][24:32])[0] == places[b'indx'] - 8:
        return {'LOOP'}
    if width <= 0:
        return {'WRONG_SIZE'}
    if frames > 1 << 20 or width * height > 1 << 26:
        return {'HUGE_PROMISE'}
    return {'MALFORMED'} if rate == 0 else set()


def list_claims(attack, path, data):
    try:
        text = data.decode('utf-8')
    except UnicodeDecodeError:
        return {'ENCODING'}
    if '\0' in text:
        return {'ENCODING'}
    lines = text.splitlines()
    names = [line for line in lines if line[:1] != '#'] + re.findall('URI="([^"]*)"', text)
    if lines[0] != '#EXTM3U':
        return {'MALFORMED'}
    found = {'MANY_ENTRIES'} if len(names) > MANY else set()
    for name in names[:MANY]:
        plain = urllib.parse.unquote(name)
        found |= {'EXTERNAL_REFERENCE'} if re.match(r'\w+:|/|\\\\', plain) else set()
        found |= {'TRAVERSAL'} if plain.startswith('../') else set()
        found |= {'INJECTION'} if re.match(r'-|.*\$\(', plain) else set()
        found |= {'LOOP'} if name == os.path.basename(path) else set()
        found |= {'LONG_NAME'} if len(name) > 255 else set()
    found |= {'INJECTION'} if '<script' in text else set()
    for number in re.findall(r'(?:#EXTINF:|BYTERANGE:|SEQUENCE:)([^,@\n]*)', text)[:MANY]:
        try:
            value = float(number)
            found |= {'HUGE_PROMISE'} if value > 1e15 else {'MALFORMED'} if value < 0 or math.isnan(value) else set()
        except ValueError:
            found.add('TRUNCATED')
    if not found and lines[-1] != '#EXT-X-ENDLIST':
        return {'TRUNCATED'}
    return found or (set() if names else {'EMPTY'})


def claims(attack, path):
    data = read(path)
    if not data:
        return {'EMPTY'}
    kind = path.rsplit('.', 1)[1]
    if kind == 'm3u8':
        return list_claims(attack, path, data)
    return mp4_claims(data) if kind == 'mp4' else riff_claims(data)


def complaints(path):
    if path.endswith('.m3u8'):
        return list_complaints(path)
    code, output, _ = run('exiftool', '-validate', '-warning', '-error', path)
    refused = ['exiftool'] if code or re.search(rb'(?m)^(Warning|Error) ', output) else []
    shown = run('mediainfo', path)[1]
    return refused + ([] if re.search(rb'(?m)^(Audio|Video)', shown) and b'IsTruncated' not in shown else ['mediainfo'])


def list_complaints(path):
    """That library refuses little, so what it has read is looked at."""
    try:
        found = m3u8.loads(read(path).decode('utf-8'))
        whole = found.segments and found.is_endlist and all(each.duration > 0 for each in found.segments)
    except Exception:
        whole = False
    return [] if whole else ['python-m3u8']


def play(path, lines):
    """Opens what a playlist names, as programs do that know many protocols."""
    for line in lines[:10]:
        name = urllib.parse.unquote(line)
        for each in re.sub(r'^concat:', '', name).split('|'):
            each = re.sub(r'^(crypto:|subfile,[^:]*:)', '', each)
            each = 'http:' + each.replace('\\', '/') if each.startswith('\\\\') else each
            if re.match(r'\w+://', each):
                urllib.request.urlopen(each, timeout=5)
            elif os.path.basename(each) == os.path.basename(path):
                play(path, lines)
            else:
                target = os.path.join(os.path.dirname(path), each) if each[:1] != '/' else each
                if os.path.exists(target) or each[:3] == '../':
                    open(os.path.normpath(target)).close()


def list_fall(attack, path, data):
    if attack == 'ENCODING':
        # What the check sees and what the system opens are not the same.
        shown = data.decode('utf-8', 'ignore').encode()
        return {attack} if shown.split(b'\0')[0] != data else set()
    text = data.decode('utf-8')
    lines = [line for line in text.splitlines() if line[:1] != '#'] + re.findall('URI="([^"]*)"', text)
    if attack == 'HUGE_PROMISE':
        number = max(float(each) for each in re.findall(r'(?:#EXTINF:|BYTERANGE:|SEQUENCE:)([^,@\n]*)', text))
        try:
            return set() if bytearray(int(number)) else set()
        except (MemoryError, OverflowError):
            return {attack}
    found = {'MANY_ENTRIES'} if len(lines) > MANY else set()
    found |= {'LONG_NAME'} if too_long(lines[0].replace('/', '')) else set()
    # A command line of a shell, and a page with the titles.
    found |= {'INJECTION'} if re.search(r'^-|\$\(', lines[0]) or '<script' in text else set()
    if found:
        return found
    try:
        reached = watch(play, path, lines)
    except RecursionError:
        return {'LOOP'}
    return {'TRAVERSAL'} if attack == 'TRAVERSAL' and reached else reached


def next_box(data, at):
    """From box to box by the size that it states, whatever that is."""
    size = struct.unpack('>I', data[at:at + 4])[0]
    return at + (struct.unpack('>Q', data[at + 8:at + 16])[0] if size == 1 else size)


def parse_box(data, at, end):
    """Trusts the sizes, by a call for each box in a box."""
    parts = 0
    while at + 8 <= end:
        parts += 1
        if data[at + 4:at + 8] in CONTAINERS:
            parts += parse_box(data, at + 8, next_box(data, at))
        at = next_box(data, at)
    return parts


def parse_chunk(data, at, end):
    parts = 0
    while at + 8 <= end:
        parts += 1
        size = struct.unpack('<I', data[at + 4:at + 8])[0]
        if data[at:at + 4] in (b'LIST', b'RIFF'):
            parts += parse_chunk(data, at + 12, at + 8 + size)
        at += 8 + size + size % 2
    return parts


def fall(attack, path):
    data = read(path)
    if attack == 'EMPTY' or attack in DAMAGED - {'HUGE_PROMISE'}:
        # Finds the first samples or names by a search, and looks at nothing else.
        re.search(rb'mdat|data|movi|ts', data)
        return {attack}
    if path.endswith('.m3u8'):
        return list_fall(attack, path, data)
    if attack == 'HUGE_PROMISE':
        return allocate(attack, path, data)
    spend(1)
    if b'indx' in data:
        at = data.index(b'indx')
        while data[at:at + 4] == b'indx':
            at = struct.unpack('<Q', data[at + 32:at + 40])[0]
    parts = []
    parse = parse_box if path.endswith('.mp4') else parse_chunk
    if ends_in_recursion(lambda: parts.append(parse(data, 0, len(data)))):
        return {'NESTING'}
    found = {'MANY_ENTRIES'} if parts[0] > MANY else set()
    found |= {'INJECTION'} if re.search(rb'<script|\x1b\]', data) else set()
    found |= {'CONCATENATED'} if data.count(b'ftyp') > 1 or data.count(b'RIFF') > 1 else set()

    def fetch():
        for address in re.findall(rb'url \0{4}([^\0]+)', data):
            urllib.request.urlopen(address.decode())
    return found | watch(fetch)


def allocate(attack, path, data):
    """Memory for the largest number that a field states."""
    order = '>' if path.endswith('.mp4') else '<'
    numbers = [struct.unpack(order + 'I', data[at:at + 4])[0] for at in range(len(data) - 3)]
    try:
        return set() if bytearray(max(numbers)) else set()
    except MemoryError:
        return {attack}


def check(path):
    data = read(path)
    need(0 < len(data) < 1 << 16, 'empty or large')
    if path.endswith('.m3u8'):
        entry = rb'#EXTINF:\d{1,4},[a-z]{0,20}\n[a-z0-9]{1,20}\.ts\n'
        head = rb'#EXTM3U\n#EXT-X-TARGETDURATION:\d{1,4}\n'
        need(re.fullmatch(head + rb'(?:%s){1,500}#EXT-X-ENDLIST\n' % entry, data), 'line')
    elif path.endswith('.mp4'):
        found = mp4_claims(data)
        need(not found, ' '.join(sorted(found)))
    else:
        need(data[:4] == b'RIFF' and data[8:12] in (b'WAVE', b'AVI '), 'head')
        found = riff_claims(data)
        need(not found, ' '.join(sorted(found)))
