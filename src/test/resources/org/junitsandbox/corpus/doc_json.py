"""JSON: Python's reader with hooks for all that it lets through, and jq."""
import json
import re
import sys
from decimal import Decimal

from careful import need
from tools import DAMAGED, LARGE, MANY, cost, ends_in_recursion, read, refusing, spend, too_long

TESTERS = [['jq', '-e', 'type'], ['python3', '-m', 'json.tool']]
CHARACTERS = re.compile('[\0\ud800-\udfff]')


def depth(text):
    """The deepest layer of brackets outside of strings."""
    deepest = now = 0
    for bracket in re.findall(r'[\[\]{}]', re.sub(r'"([^"\\]|\\.)*"', '', text)):
        now += 1 if bracket in '[{' else -1
        deepest = max(deepest, now)
    return deepest


def pairs_of(value):
    """All keys and values; objects are lists of pairs with a mark."""
    if isinstance(value, tuple):
        for key, each in value[1]:
            yield key, each
            yield from pairs_of(each)
    elif isinstance(value, list):
        for each in value:
            yield None, each
            yield from pairs_of(each)


def strict_constant(name):
    raise ValueError(name)


def parse(text):
    """The value, with numbers as text, and where it ends."""
    decoder = json.JSONDecoder(object_pairs_hook=lambda pairs: ('object', pairs), parse_int=Decimal,
                               parse_float=Decimal, parse_constant=strict_constant)
    start = re.match(r'\s*', text).end()
    return decoder.raw_decode(text, start)


def java_hash(text):
    value = 0
    for character in text:
        value = value * 31 + ord(character) & 0xffffffff
    return value


def claims(attack, path):
    data = read(path)
    if not data.strip():
        return {'EMPTY'}
    try:
        text = data.decode('utf-8')
    except UnicodeDecodeError:
        return {'ENCODING'}
    if text[0] == '\ufeff':
        return {'ENCODING'}
    if depth(text) > MANY:
        return {'NESTING'}
    try:
        value, end = parse(text)
    except ValueError as error:
        # The error of an end within a string is placed at the string's beginning.
        at_end = getattr(error, 'pos', 0) >= len(text.rstrip()) - 1 or 'Unterminated' in str(error) or text[-1] != '\n'
        return {'TRUNCATED' if at_end and text[-1] != '\n' else 'MALFORMED'}
    found = {'CONCATENATED'} if text[end:].strip() else set()
    pairs = list(pairs_of(value))
    keys = [key for key, _ in pairs if key is not None]
    found |= {'MANY_ENTRIES'} if len(pairs) > MANY else set()
    if len({key.encode('utf-8', 'replace') for key in keys}) < len(keys):
        found.add('AMBIGUITY')
    if len({java_hash(key) for key in keys}) * 100 < len(keys):
        found.add('COMPLEXITY')
    for key, each in pairs:
        found |= claims_of(key or '', each)
    return found


def claims_of(key, value):
    found = {'LONG_NAME'} if len(key) > 255 else set()
    if key in ('__proto__', 'constructor') or key[:1] == '$':
        found.add('INJECTION')
    if key in ('@type', '@class'):
        found.add('ACTIVE_CONTENT')
    if isinstance(value, str):
        found |= {'BOMB'} if len(value) > LARGE else set()
        found |= {'ENCODING'} if CHARACTERS.search(value) else set()
        found |= {'INJECTION'} if '</script' in value else set()
    if isinstance(value, Decimal):
        if value.adjusted() > 4300 and value.as_tuple().exponent == 0:
            found.add('COMPLEXITY')
        elif value.adjusted() > 308:
            found.add('HUGE_PROMISE')
        elif value == value.to_integral_value() and int(float(value)) != value:
            found.add('AMBIGUITY')
    return found


def complaints(path):
    return refusing(TESTERS, path)


def merge(target, source):
    for key, value in source.items():
        if isinstance(value, dict):
            merge(target.setdefault(key, {}), value)
        else:
            target[key] = value
    return target


class Table:
    """A table of hashes as Java has it, without its trees."""

    def __init__(self):
        self.rows, self.steps = {}, 0

    def put(self, key):
        row = self.rows.setdefault(java_hash(key), [])
        self.steps += len(row)
        row.append(key)


def fall(attack, path):
    try:
        text = read(path).decode('utf-8')
    except UnicodeDecodeError:
        return {'ENCODING'}
    sys.set_int_max_str_digits(0)
    if attack in DAMAGED - {'HUGE_PROMISE'}:
        # A scanner that looks for what it wants finds no error.
        re.findall(r'"(\w+)": *("[^"]*"|\d+)', text)
        return {attack}
    if attack == 'NESTING':
        return {attack} if ends_in_recursion(json.loads, text) else set()
    if text[0] == '\ufeff':
        # Python's reader, and the first key of others, stop at the mark.
        return {'ENCODING'} if not re.match(r'\s*[\[{]', text) else set()
    value, end = json.JSONDecoder().raw_decode(text)
    found = {'COMPLEXITY'} if attack != 'MANY_ENTRIES' and is_slow(text) else set()
    # What follows is not looked at.
    found |= {'CONCATENATED'} if text[end:].strip() else set()
    if attack == 'HUGE_PROMISE':
        spend(1)
        number = int(json.loads(text, parse_float=Decimal)['name'])
        return {attack} if number.bit_length() > 1024 else set()
    if not isinstance(value, dict):
        return found | ({'MANY_ENTRIES'} if len(value) > MANY else set())
    found |= {'MANY_ENTRIES'} if len(value) > MANY else set()
    return found | uses(text[:end], value)


def is_slow(text):
    """Whether it takes far longer than a string of as many characters."""
    ordinary = '"%s"' % ('x' * len(text))
    decode = json.JSONDecoder().raw_decode
    return len(text) > MANY and cost(decode, text) > 50 * cost(decode, ordinary)


def uses(text, value):
    found = set()
    table = Table()
    for key in value:
        table.put(key)
        if table.steps > 1_000_000:
            return {'COMPLEXITY'}
    # The check sees the first of two values, the use the last. Another program knows no halves of pairs.
    first = json.loads(text, object_pairs_hook=lambda pairs: dict(reversed(pairs)))
    replaced = {key.encode('utf-8', 'replace') for key in value}
    found |= {'AMBIGUITY'} if first != value or len(replaced) < len(value) else set()
    found |= {'AMBIGUITY'} if json.loads(text, parse_int=float) != value else set()
    found |= {'LONG_NAME'} if too_long(next(iter(value))) else set()
    # A page, a data base and an object of JavaScript that take the values over.
    page = '<script>var value = ' + text + '</script>'
    found |= {'INJECTION'} if page.count('</script>') > 1 else set()
    found |= {'INJECTION'} if isinstance(value.get('password'), dict) else set()
    found |= {'INJECTION'} if {'__proto__', 'constructor'} & set(merge({'name': ''}, value)) else set()
    found |= {'ACTIVE_CONTENT'} if value.get('@type', value.get('@class')) else set()
    name = value.get('name')
    if isinstance(name, str):
        found |= {'BOMB'} if len(name) > LARGE else set()
        try:
            found |= {'ENCODING'} if name.encode('utf-8').split(b'\0')[0].decode() != name else set()
        except UnicodeEncodeError:
            found.add('ENCODING')
    return found


def check(path):
    """Knows the keys and the types of their values."""
    data = read(path)
    need(0 < len(data) < 1 << 16, 'empty or large')
    try:
        text = data.decode('utf-8')
        need(depth(text) < 10 and not re.search(r'\d{17}|[eE][+-]?\d{3}|\\', text), 'depth, number or escape')
        value = json.loads(text, object_pairs_hook=unique, parse_constant=strict_constant)
    except ValueError as error:
        need(False, error)
    need(isinstance(value, dict) and set(value) == {'name', 'count', 'items'}, 'keys')
    need(isinstance(value['name'], str) and re.fullmatch('[a-z]{1,20}', value['name']), 'name')
    need(isinstance(value['count'], int) and abs(value['count']) < 1 << 53, 'count')
    need(isinstance(value['items'], list) and len(value['items']) < 100, 'items')


def unique(pairs):
    need(len(dict(pairs)) == len(pairs), 'key twice')
    return dict(pairs)
