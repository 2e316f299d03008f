"""CSV: Python's reader and the rules of RFC 4180, beside sqlite3 and Miller."""
import csv
import io
import re
import resource

from careful import need
from tools import DAMAGED, LARGE, MANY, read, run

FIELD = r'(?:"(?:[^"]|"")*"|[^",\r\n]*)'
FORMULA = re.compile(r'(?m)^\s*[=+@\uff1d-]')


def rows_of(text, **options):
    csv.field_size_limit(1 << 30)
    return list(csv.reader(io.StringIO(text, newline=''), **options))


def claims(attack, path):
    data = read(path)
    if not data.strip():
        return {'EMPTY'}
    try:
        text = data.decode('utf-8')
    except UnicodeDecodeError:
        return {'ENCODING'}
    if '\0' in text or text[0] == '\ufeff':
        return {'ENCODING'}
    rows = rows_of(text)
    found = {'MANY_ENTRIES'} if len(rows) + len(rows[-1]) > MANY else set()
    fields = [field for row in rows for field in row]
    found |= {'BOMB'} if max(map(len, fields)) > LARGE else set()
    found |= {'INJECTION'} if any(FORMULA.search(part) for field in fields for part in field.split(';')) else set()
    if rows != rows_of(text, escapechar='\\') or len(set(rows[0])) < len(rows[0]) or re.match('sep=', text):
        found.add('AMBIGUITY')
    if text.split('\n')[0].count(';') or '\r' in text and '\n' not in text:
        found.add('AMBIGUITY')
    if found:
        return found
    if text[-1] != '\n':
        found.add('TRUNCATED')
    elif not re.fullmatch('(?:%s(?:,%s)*\n)*' % (FIELD, FIELD), text) or len({len(row) for row in rows}) > 1:
        found.add('MALFORMED')
    return found


def complaints(path):
    _, output, errors = run('sqlite3', ':memory:', '.import --csv %s t' % path)
    refused = ['sqlite3'] if errors else []
    # It is written in Go: each of its threads, of which a busy machine makes it start more, reserves address space.
    code = run('mlr', '--icsv', '--ojson', 'cat', path, space=resource.RLIM_INFINITY)[0]
    return refused + (['mlr'] if code else [])


def fall(attack, path):
    """A spreadsheet: guesses the separator, calculates formulas, shows what can be read."""
    data = read(path)
    if attack in DAMAGED:
        # Each line has fields, whatever they are.
        [line.split(b',') for line in data.split(b'\n')]
        return {attack}
    if attack == 'ENCODING':
        # The first column's name, or the text up to the first 0, is not what the sender wrote.
        return {attack} if data.split(b'\0')[0] != data or data.split(b',')[0] != b'name' or b'\xe9' in data else set()
    text = data.decode('utf-8')
    rows = rows_of(text)
    separated = rows_of(text, delimiter=';')
    found = {'INJECTION'} if any(re.match(r'\s*[=+@\uff1d-]|[^\n]*\n=', field)
                                 for row in rows + separated for field in row[:1] + row[1:]) else set()
    found |= {'MANY_ENTRIES'} if len(rows) + len(rows[-1]) > MANY else set()
    found |= {'BOMB'} if len(rows[-1][0]) > LARGE else set()
    # The check sees a row by its columns, the use by their names, or with another separator.
    by_name = dict(zip(rows[0], rows[1])) if len(rows) > 1 else {}
    if attack in ('AMBIGUITY', 'TWIN'):
        if len(by_name) < len(rows[0]) or len(separated[0]) > 1 or len(rows[0]) < 2:
            found.add('AMBIGUITY')
        if rows_of(text, escapechar='\\') != rows or len(text.split('\n')) < len(rows):
            found.add('AMBIGUITY')
    return found


def check(path):
    """Knows its columns."""
    data = read(path)
    need(0 < len(data) < 1 << 16 and data.count(b'\n') < 500, 'empty or large')
    need(re.fullmatch(rb'name,amount\n(?:(?:[a-z]{1,20}|"[a-z, ]{1,20}"),\d{1,9}\n)+', data), 'row')
