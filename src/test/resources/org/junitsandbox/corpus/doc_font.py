"""Fonts: a reader of its own for the tables, beside the OpenType sanitizer and fontconfig."""
import re
import struct

from careful import need
from tools import DAMAGED, MANY, read, run, spend

NEEDED = {b'cmap', b'glyf', b'head', b'hhea', b'hmtx', b'loca', b'maxp', b'name', b'OS/2', b'post'}


class Wrong(Exception):
    """What a file has that it must not have."""


def need_that(condition, kind):
    if not condition:
        raise Wrong(kind)


def checksum(data):
    data += b'\0' * (-len(data) % 4)
    return sum(struct.unpack('>%dI' % (len(data) // 4), data)) & 0xffffffff


def directory(data):
    """Tag, checksum, offset and length of each table."""
    need_that(len(data) >= 12, 'TRUNCATED')
    need_that(data[:4] != b'ttcf' or struct.unpack('>I', data[8:12])[0] < 1 << 16, 'HUGE_PROMISE')
    need_that(data[:4] == b'\0\1\0\0', 'MALFORMED')
    count = struct.unpack('>H', data[4:6])[0]
    need_that(count < 100, 'HUGE_PROMISE')
    need_that(12 + 16 * count <= len(data), 'TRUNCATED')
    return [struct.unpack('>4sIII', data[at:at + 16]) for at in range(12, 12 + 16 * count, 16)]


def tables_of(data):
    records = directory(data)
    tags = [tag for tag, _, _, _ in records]
    need_that(len(set(tags)) == len(tags), 'AMBIGUITY')
    end = 12 + 16 * len(records)
    for tag, _, offset, length in sorted(records, key=lambda record: record[2]):
        need_that(offset < 1 << 30 and length < 1 << 30, 'HUGE_PROMISE')
        need_that(offset >= end, 'OVERLAP')
        need_that(offset + length <= len(data), 'TRUNCATED')
        end = offset + length
    tables = {tag: data[offset:offset + length] for tag, _, offset, length in records}
    need_that(NEEDED <= set(tables), 'MALFORMED')
    for tag, total, _, _ in records:
        content = tables[tag] if tag != b'head' else tables[tag][:8] + b'\0' * 4 + tables[tag][12:]
        need_that(checksum(content) == total, 'WRONG_CHECKSUM')
    return tables


def check_tables(tables):
    head = tables[b'head']
    need_that(len(head) == 54, 'WRONG_SIZE')
    units, form = struct.unpack('>H', head[18:20])[0], struct.unpack('>h', head[50:52])[0]
    need_that(16 <= units <= 16384 and form == 1, 'MALFORMED')
    count = struct.unpack('>H', tables[b'maxp'][4:6])[0]
    need_that(count < MANY, 'HUGE_PROMISE')
    need_that(len(tables[b'loca']) == 4 * count + 4, 'WRONG_SIZE')
    places = struct.unpack('>%dI' % (count + 1), tables[b'loca'])
    need_that(list(places) == sorted(places) and places[-1] <= len(tables[b'glyf']), 'WRONG_SIZE')
    metrics = struct.unpack('>H', tables[b'hhea'][34:36])[0]
    need_that(len(tables[b'hmtx']) == 4 * metrics + 2 * (count - metrics), 'WRONG_SIZE')
    names, start = struct.unpack('>HH', tables[b'name'][2:6])
    for index in range(names):
        length, offset = struct.unpack('>HH', tables[b'name'][14 + 12 * index:18 + 12 * index])
        need_that(start + offset + length <= len(tables[b'name']), 'WRONG_SIZE')
        text = tables[b'name'][start + offset:start + offset + length].decode('utf-16-be')
        need_that('<script' not in text, 'INJECTION')
    if tables[b'cmap'][12:14] == b'\0\x0c':
        groups, first, last = struct.unpack('>III', tables[b'cmap'][24:36])
        need_that(groups < 100 and last - first < 1 << 16, 'HUGE_PROMISE')
    check_glyphs([tables[b'glyf'][start:end] for start, end in zip(places, places[1:])])
    program = tables.get(b'fpgm', b'')
    jump = re.search(rb'\xb8(..)\x1c', program, re.S)
    need_that(not jump or struct.unpack('>h', jump.group(1))[0] > 0, 'LOOP')


def parts_of(glyph):
    """The glyphs of which one is made, as two bytes each with a place of two."""
    if glyph[:2] != b'\xff\xff':
        return []
    at, parts, more = 10, [], True
    while more:
        flags, index = struct.unpack('>HH', glyph[at:at + 4])
        parts.append(index)
        more, at = flags & 0x20, at + 6
    return parts


def check_glyphs(glyphs):
    known = {}

    def size(index, path):
        need_that(index not in path, 'LOOP')
        if index not in known:
            known[index] = 1 + sum(size(each, path + (index,)) for each in parts_of(glyphs[index]))
        return known[index]
    for index, glyph in enumerate(glyphs):
        need_that(size(index, ()) < MANY, 'BOMB')
        if glyph[:2] == b'\0\1':
            need_that(struct.unpack('>H', glyph[10:12])[0] * 2 < len(glyph), 'HUGE_PROMISE')


def claims(attack, path):
    data = read(path)
    if not data:
        return {'EMPTY'}
    try:
        check_tables(tables_of(data))
    except Wrong as wrong:
        return {str(wrong)}
    return set()


def complaints(path):
    refused = ['ots-sanitize'] if run('ots-sanitize', path)[0] != 0 else []
    return refused + ([] if b'family: ' in run('fc-scan', path)[1] else ['fc-scan'])


def loose_tables(data):
    """By the directory, without a look at the limits."""
    count = struct.unpack('>H', data[4:6])[0]
    found = {}
    for at in range(12, 12 + 16 * count, 16):
        tag, _, offset, length = struct.unpack('>4sIII', data[at:at + 16])
        found[tag] = data[offset:offset + length]
    return found


def fall(attack, path):
    data = read(path)
    if attack in DAMAGED - {'HUGE_PROMISE'}:
        # Looks for names in the bytes, and reports nothing.
        re.findall(rb'(?:\0[ -~]){4,}', data)
        return {attack}
    if attack == 'HUGE_PROMISE':
        return promised(data)
    spend(1)
    # The check takes the first table of a name, the use the last; what is written to one table changes another.
    tags = [data[at:at + 4] for at in range(12, 12 + 16 * struct.unpack('>H', data[4:6])[0], 16)]
    tables = loose_tables(data)
    if len(set(tags)) < len(tags):
        return {'AMBIGUITY'}
    if tables[b'glyf'][:4] not in (b'\0\1\0\0', b'\xff\xff\0\0'):
        return {'OVERLAP'}
    places = struct.unpack('>%dI' % (len(tables[b'loca']) // 4), tables[b'loca'])
    glyphs = [tables[b'glyf'][start:end] for start, end in zip(places, places[1:])]
    steps = 0

    def draw(index):
        nonlocal steps
        steps += 1
        if steps > 100 * MANY:
            raise OverflowError
        for each in parts_of(glyphs[index]):
            draw(each)
    try:
        for index in range(len(glyphs)):
            draw(index)
    except RecursionError:
        return {'LOOP'}
    except OverflowError:
        return {'BOMB'}
    page = '<p>' + tables[b'name'].decode('utf-16-be', 'ignore') + '</p>'
    return execute(tables.get(b'fpgm', b'')) | ({'INJECTION'} if '<script' in page else set())


def execute(program):
    """Knows two instructions: to push a number, and to jump."""
    at, stack, steps = 0, [], 0
    while at < len(program):
        steps += 1
        if steps > 100 * MANY:
            return {'LOOP'}
        if program[at] == 0xb8:
            stack.append(struct.unpack('>h', program[at + 1:at + 3])[0])
            at += 3
        else:
            at += stack.pop()
    return set()


def promised(data):
    """Memory for as many parts as are stated, and the parts one by one."""
    if data[:4] == b'ttcf':
        sizes = [16 * struct.unpack('>I', data[8:12])[0]]
    else:
        count = struct.unpack('>H', data[4:6])[0]
        records = [data[at:at + 16] for at in range(12, 12 + 16 * min(count, 100), 16)]
        sizes = [number for record in records if len(record) == 16 for number in struct.unpack('>II', record[8:])]
        tables = loose_tables(data[:4] + struct.pack('>H', len(records)) + data[6:]) if count < 100 else {}
        cmap = tables.get(b'cmap', b'')
        sizes += struct.unpack('>III', cmap[24:36]) if cmap[12:14] == b'\0\x0c' else ()
        if max(sizes) < 1 << 20:
            numbers = [count, struct.unpack('>H', tables.get(b'maxp', b'\0' * 6)[4:6])[0]]
            numbers += struct.unpack('>%dH' % (len(tables.get(b'glyf', b'')) // 2), tables.get(b'glyf', b''))[5::18]
            # So many steps for a file of a kilobyte.
            return {'HUGE_PROMISE'} if max(numbers) >= 0xffff else set()
    try:
        return set() if bytearray(max(sizes)) else set()
    except MemoryError:
        return {'HUGE_PROMISE'}


def check(path):
    data = read(path)
    need(0 < len(data) < 1 << 16, 'empty or large')
    try:
        tables = tables_of(data)
        need(set(tables) == NEEDED, 'tables')
        check_tables(tables)
    except (Wrong, struct.error, UnicodeDecodeError, IndexError) as error:
        need(False, error)
