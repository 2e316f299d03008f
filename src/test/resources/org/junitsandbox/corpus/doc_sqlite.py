"""SQLite: a reader of its own for headers and pages, beside the program sqlite3. Debian has no
second program that reads its files without SQLite's own library."""
import os
import re
import shutil
import sqlite3
import struct
import tempfile

from careful import need
from tools import DAMAGED, MANY, read, run, spend, watch

PAGE = 512


def number(data, at):
    """A number of seven bits a byte."""
    value = 0
    for length in range(1, 9):
        value = value << 7 | data[at + length - 1] & 0x7f
        if data[at + length - 1] < 0x80:
            break
    return value, at + length


def pages_of(data):
    return [data[at:at + PAGE] for at in range(0, len(data), PAGE)]


def rows(page, start=0):
    """Type of the page, length and content of its rows, and the page that follows a row or is the last child."""
    kind, block, count = struct.unpack('>BHH', page[start:start + 5])
    if kind == 5:
        return kind, [], struct.unpack('>I', page[start + 8:start + 12])[0]
    found, following = [], 0
    for index in range(count):
        at = struct.unpack('>H', page[start + 8 + 2 * index:start + 10 + 2 * index])[0]
        length, at = number(page, at)
        _, at = number(page, at)
        if length > PAGE - 35:
            following = struct.unpack('>I', page[-4:])[0]
        found.append((length, page[at:at + length]))
    return kind, found, following


def texts(record):
    """The texts of a record; numbers are of one byte."""
    size, at = number(record, 0)
    types = []
    while at < size:
        kind, at = number(record, at)
        types.append(kind)
    for kind in types:
        length = 1 if kind == 1 else (kind - 13) // 2
        yield record[at:at + length]
        at += length


def schema(data):
    return [list(texts(record)) for _, record in rows(data[:PAGE], 100)[1]]


def claims(attack, path):
    data = read(path)
    if not data:
        return {'EMPTY'}
    if data[:16] != b'SQLite format 3\0':
        return {'MALFORMED'}
    if len(data) < 100:
        return {'TRUNCATED'}
    size, writing, reading, reserved = struct.unpack('>HBBB', data[16:21])
    count, trunk, free = struct.unpack('>III', data[28:40])
    if 2 in (writing, reading):
        # A log of what is written: in files beside this one.
        return {'EXTERNAL_REFERENCE'}
    if size != PAGE or reserved:
        return {'WRONG_SIZE'}
    if len(data) % PAGE:
        return {'TRUNCATED'}
    if count * PAGE != len(data):
        return {'HUGE_PROMISE' if count > 1 << 20 else 'WRONG_SIZE'}
    pages = pages_of(data)
    if trunk:
        following, leaves = struct.unpack('>II', pages[trunk - 1][:8])
        return {'LOOP'} if following == trunk else {'HUGE_PROMISE'} if leaves > PAGE else set()
    if struct.unpack('>I', data[56:60])[0] > 3 or struct.unpack('>I', data[44:48])[0] > 4:
        return {'MALFORMED'}
    found = set()
    for kind, name, _, root, sql in schema(data):
        found |= schema_claims(name, kind, sql)
        found |= tree_claims(pages, root[0]) if kind == b'table' else set()
    return found


def schema_claims(name, kind, sql):
    if b"'" in name:
        return {'INJECTION'}
    if b'system(' in sql:
        return {'ACTIVE_CONTENT'}
    if b'RECURSIVE' in sql:
        return {'COMPLEXITY'}
    if kind == b'view' and b' FROM ' + name in sql:
        return {'LOOP'}
    if sql.count(b',w ') == 2:
        return {'BOMB'}
    return set() if sql.count(b'(') == sql.count(b')') else {'MALFORMED'}


def tree_claims(pages, root):
    seen = {1}
    while True:
        if root in seen:
            return {'LOOP'}
        seen.add(root)
        if root > len(pages):
            return {'MALFORMED'}
        page = pages[root - 1]
        kind, block, count = struct.unpack('>BHH', page[:5])
        if kind not in (5, 13) or block > PAGE or count > PAGE:
            return {'MALFORMED'}
        if any(not 8 + 2 * count <= each < PAGE for each in struct.unpack('>%dH' % count, page[8:8 + 2 * count])):
            return {'MALFORMED'}
        _, found, following = rows(page)
        if any(length > len(pages) * PAGE for length, _ in found):
            if following and struct.unpack('>I', pages[following - 1][:4])[0] == following:
                return {'LOOP'}
            return {'HUGE_PROMISE'}
        if kind == 13:
            return set()
        root = following


def complaints(path):
    code, output, errors = run('sqlite3', '-readonly', path, 'PRAGMA integrity_check; SELECT count(*) FROM t;')
    return ['sqlite3'] if code or errors or not output.startswith(b'ok\n') else []


def fall(attack, path):
    data = read(path)
    if attack in DAMAGED - {'HUGE_PROMISE'}:
        # Looks for texts in the bytes, and reports nothing.
        re.findall(rb'[ -~]{4,}', data)
        return {attack}
    if attack == 'EXTERNAL_REFERENCE':
        return beside(path)
    spend(2)
    pages = pages_of(data)
    if attack == 'HUGE_PROMISE':
        numbers = list(struct.unpack('>%dI' % (len(data) // 4), data))
        numbers += [length for page in pages[1:] for length, _ in rows(page)[1]]
        try:
            return set() if bytearray(max(numbers)) else set()
        except MemoryError:
            return {attack}
    # From page to page: free ones, children, and the rest of rows.
    trunk = struct.unpack('>I', data[32:36])[0]
    steps = 0
    while trunk and steps < 100 * MANY:
        steps += 1
        trunk = struct.unpack('>I', pages[trunk - 1][:4])[0]
    if trunk:
        return {'LOOP'}
    names = []
    for kind, name, _, root, _ in schema(data):
        names.append(name.decode())
        at = root[0] if kind == b'table' else 0
        steps = 0
        while at:
            steps += 1
            if steps > 100 * MANY:
                return {'LOOP'}
            page, start = pages[at - 1], 100 if at == 1 else 0
            inner = page[start] in (5, 13)
            at = rows(page, start)[2] if inner else struct.unpack('>I', page[:4])[0]
            at = 2 if start else at
    # A script for another data base, with quotes around each name.
    script = ''.join("COMMENT ON '%s';" % name for name in names)
    if script.count(';') > len(names):
        return {'INJECTION'}
    found = set()
    reached = watch(lambda: found.update(select(path)))
    return found | reached


def beside(path):
    """Asks a copy, and looks for further files that were opened for it."""
    with tempfile.TemporaryDirectory() as directory:
        copy = shutil.copy(path, directory)
        connection = sqlite3.connect(copy)
        connection.execute('SELECT * FROM t').fetchall()
        found = {'EXTERNAL_REFERENCE'} if len(os.listdir(directory)) > 1 else set()
        connection.close()
    return found


def select(path):
    connection = sqlite3.connect('file:%s?mode=ro&immutable=1' % path, uri=True)
    # Programs give functions of their own to their queries.
    connection.create_function('system', 1, os.system)
    count = 0
    try:
        for _ in connection.execute('SELECT * FROM t'):
            count += 1
            if count > 100 * MANY:
                return {'BOMB', 'COMPLEXITY'}
    except sqlite3.Error as error:
        if 'circularly' in str(error):
            return {'LOOP'}
        raise
    return set()


def check(path):
    """Reads the pages itself, and knows one schema. No query is asked before that."""
    data = read(path)
    need(2 * PAGE <= len(data) < 1 << 16 and data[:16] == b'SQLite format 3\0', 'head, empty or large')
    size, writing, reading, reserved = struct.unpack('>HBBB', data[16:21])
    count, trunk, free = struct.unpack('>III', data[28:40])
    need(writing == reading == 1, 'log')
    need(size == PAGE and reserved == 0 and count * PAGE == len(data) and (trunk, free) == (0, 0), 'sizes')
    need(struct.unpack('>I', data[44:48])[0] == 4 and struct.unpack('>I', data[56:60])[0] == 1, 'format or encoding')
    for index, page in enumerate(pages_of(data)):
        start = 0 if index else 100
        kind, block, cells, content, _ = struct.unpack('>BHHHB', page[start:start + 8])
        need(kind == 13 and block == 0 and 0 < cells < 50, 'page')
        pointers = struct.unpack('>%dH' % cells, page[start + 8:start + 8 + 2 * cells])
        need(all(start + 8 + 2 * cells <= each < PAGE for each in pointers), 'row')
        need(all(0 < length == len(row) <= PAGE for length, row in rows(page, start)[1]), 'length')
    entries = schema(data)
    need(len(entries) == 1 and entries[0][:3] == [b'table', b't', b't'] and entries[0][3] == b'\2', 'schema')
    need(entries[0][4] == b'CREATE TABLE t(a)', 'schema')
