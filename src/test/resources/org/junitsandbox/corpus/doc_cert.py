"""Certificates: a reader of DER of its own, beside openssl and certtool."""
import base64
import binascii
import hashlib
import re
import sys
import urllib.request

from careful import need
from tools import DAMAGED, MANY, cost, ends_in_recursion, read, run, spend, too_long, watch

PEM = rb'-----BEGIN CERTIFICATE-----\n([\w+/=\n]*)-----END CERTIFICATE-----\n'
# Identifiers of a common length, and a key of 1,024 bits.
ORDINARY = [b'\x2a\x86\x48'] * 9, (1 << 1024) - 1, 65537
PRIME_FIELD = b'\x2a\x86\x48\xce\x3d\x01\x01'
NAMES = {b'\x55\x04\x03'}


class Wrong(Exception):
    """What a file has that it must not have."""


def element(data, at, end):
    """Tag and place of the content of one value."""
    if at + 2 > end:
        raise Wrong('WRONG_SIZE')
    tag, length, at = data[at], data[at + 1], at + 2
    if length == 0x80:
        raise Wrong('MALFORMED')
    if length > 0x80:
        width = length & 0x7f
        if width > 8:
            raise Wrong('HUGE_PROMISE')
        digits, at = data[at:at + width], at + width
        length = int.from_bytes(digits, 'big')
        if digits[:1] == b'\0' or length < 0x80:
            raise Wrong('MALFORMED')
    if at + length > end:
        raise Wrong('HUGE_PROMISE' if length > 1 << 30 else 'WRONG_SIZE')
    return tag, at, at + length


def elements(data):
    """All values with their depths; those in strings of octets and bits that are values themselves, too."""
    found, stack = [], [(0, len(data), 0)]
    while stack:
        at, end, depth = stack.pop()
        if at >= end:
            continue
        tag, start, stop = element(data, at, end)
        found.append((tag, data[start:stop], depth))
        stack.append((stop, end, depth))
        if tag & 0x20:
            stack.append((start, stop, depth + 1))
        elif tag in (3, 4) and data[start + (tag == 3):start + (tag == 3) + 1] == b'\x30':
            inner = start + (tag == 3)
            _, _, last = element(data, inner, stop)
            if last == stop:
                stack.append((inner, stop, depth + 1))
    return found


def children(data):
    at, found = 0, []
    while at < len(data):
        tag, start, stop = element(data, at, len(data))
        found.append((tag, data[start:stop], data[at:stop]))
        at = stop
    return found


def der_of(data):
    match = re.match(PEM, data)
    if not match:
        raise Wrong('TRUNCATED' if b'-----END' not in data else 'MALFORMED')
    return base64.b64decode(match.group(1))


def key_of(der):
    fields = children(children(children(der)[0][1])[0][1])
    bits = next(content for tag, content, _ in reversed(fields) if tag == 0x30 and (
        b'\xf7\x0d\x01\x01\x01' in content[:40]))
    key = children(children(bits)[1][1][1:])[0][1]
    modulus, exponent = (int.from_bytes(content, 'big', signed=True) for _, content, _ in children(key))
    return modulus, exponent


def claims(attack, path):
    data = read(path)
    if not re.sub(rb'-----.*-----|\n', b'', data):
        return {'EMPTY'}
    try:
        der = der_of(data)
        found = elements(der)
        result = {'CONCATENATED'} if re.sub(PEM, b'', data, 1) else set()
        return result | (content_claims(found) or structure(der) if not result else set())
    except Wrong as wrong:
        return {str(wrong)}


def curve_field(found):
    """The number that a curve of the key's own calculates with, or 0 if there is none."""
    kinds = [content if tag == 6 else b'' for tag, content, _ in found]
    return int.from_bytes(found[kinds.index(PRIME_FIELD) + 1][1], 'big') if PRIME_FIELD in kinds else 0


def square_root(value, field):
    """By Tonelli and Shanks, who take for granted that the field's number is a prime."""
    power = (field - 1 & 1 - field).bit_length() - 1
    odd = field - 1 >> power
    other = next(each for each in range(2, field) if pow(each, field - 1 >> 1, field) != 1)
    step, root, rest = pow(other, odd, field), pow(value, odd + 1 >> 1, field), pow(value, odd, field)
    while rest != 1:
        left, square = 0, rest
        while square != 1:
            left, square = left + 1, square * square % field
        factor = pow(step, 1 << power - left - 1, field) if left < power else 1
        power, step, root, rest = left, factor * factor % field, root * factor % field, rest * factor * factor % field
    return root


def content_claims(found):
    field = curve_field(found)
    if field and pow(2, field - 1, field) != 1:
        return {'LOOP'}
    result = {'NESTING'} if max(depth for _, _, depth in found) > MANY else set()
    result |= {'MANY_ENTRIES'} if len(found) > 5 * MANY and not result else set()
    texts = [content for tag, content, _ in found if tag in (12, 0x82)]
    longest = max(len(content) for tag, content, _ in found if tag == 6)
    result |= {'COMPLEXITY'} if longest > 100 else set()
    result |= {'COMPLEXITY'} if any(tag == 2 and len(content) > 2000 for tag, content, _ in found) else set()
    for text in texts:
        try:
            shown = text.decode('utf-8')
        except UnicodeDecodeError:
            return {'ENCODING'}
        result |= {'ENCODING'} if '\0' in shown else {'SPOOFING'} if re.search('[\u0400-\u04ff]', shown) else set()
        result |= {'INJECTION'} if re.search(r'<script|\n|, CN=', shown) else set()
        result |= {'LONG_NAME'} if len(shown) > 255 else set()
    result |= {'EXTERNAL_REFERENCE'} if any(tag == 0x86 and b'://' in content for tag, content, _ in found) else set()
    identifiers = [content for tag, content, _ in found if tag == 6]
    if identifiers.count(b'\x55\x04\x03') > 2 or identifiers.count(b'\x55\x1d\x11') > 1:
        result |= set() if result else {'AMBIGUITY'}
    return result


def structure(der):
    outer = children(der)
    if len(outer) != 1 or [tag for tag, _, _ in children(outer[0][1])] != [0x30, 0x30, 3]:
        return {'WRONG_SIZE'}
    content, _, signature = children(outer[0][1])
    fields = children(content[1])
    version, serial = children(fields[0][1])[0][1], fields[1]
    times = [value.decode() for _, value, _ in children(fields[4][1])]
    if version != b'\2' or serial[0] != 2 or not serial[1] or len(fields) > 7 and fields[7][0] != 0xa3 or any(
            not re.fullmatch(r'\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{6}Z', each) for each in times):
        return {'MALFORMED'}
    modulus, exponent = key_of(der)
    if modulus <= 0 or exponent < 3 or exponent % 2 == 0:
        return {'MALFORMED'}
    block = pow(int.from_bytes(signature[1][1:], 'big'), exponent, modulus)
    digest = int.from_bytes(hashlib.sha256(content[2]).digest(), 'big')
    return set() if block & (1 << 256) - 1 == digest else {'WRONG_CHECKSUM'}


def complaints(path):
    refused = ['openssl'] if run('openssl', 'x509', '-in', path, '-noout', '-text')[0] != 0 else []
    return refused + (['certtool'] if run('certtool', '-i', '--infile', path)[0] != 0 else [])


def lengths(data, at=0):
    """The largest length that a value states, as a reader finds it that believes it."""
    width = data[at + 1] & 0x7f
    return int.from_bytes(data[at + 2:at + 2 + width], 'big')


def parse(data):
    """A call for each value in a value."""
    count = 0
    while data:
        tag, start, stop = element(data, 0, len(data))
        count += 1 + (parse(data[start:stop]) if tag & 0x20 else 0)
        count += parse(data[start:stop]) if tag == 4 and data[start:start + 1] == b'\x30' else 0
        data = data[stop:]
    return count


def number_of(content):
    """The number of an identifier in decimal digits."""
    value = 0
    for byte in content:
        value = value << 7 | byte & 0x7f
    return str(value)


def calculate(identifiers, modulus, exponent):
    """Shows the identifiers, and uses the key."""
    for content in identifiers:
        number_of(content)
    pow(3, max(exponent, modulus if modulus.bit_length() < 100_000 else 1 << 60), modulus)


def fall(attack, path):
    data = read(path)
    if attack in DAMAGED - {'HUGE_PROMISE'}:
        # Takes a certificate without a look at anything but its name.
        re.search(b'harmless', base64.b64decode(re.sub(rb'-----.*?-----|[^\w+/]', b'', data) + b'===', validate=False))
        return {attack}
    der = base64.b64decode(re.match(PEM, data).group(1))
    if attack == 'HUGE_PROMISE':
        try:
            return set() if bytearray(lengths(der)) else set()
        except (MemoryError, OverflowError):
            return {attack}
    counts = []
    if ends_in_recursion(lambda: counts.append(parse(der))):
        return {'NESTING'}
    # The rest of the file is not looked at.
    found = {'CONCATENATED'} if re.sub(PEM, b'', data, 1) else set()
    found |= {'MANY_ENTRIES'} if counts[0] > 5 * MANY else set()
    values = elements(der)
    if attack == 'LOOP':
        spend(1)
        square_root(curve_field(values) - 1, curve_field(values))
        return set()
    if attack == 'COMPLEXITY':
        spend(1)
        sys.set_int_max_str_digits(0)
        modulus, exponent = key_of(der)
        identifiers = [content for tag, content, _ in values if tag == 6]
        return {attack} if cost(calculate, identifiers, modulus, exponent) > 20 * cost(calculate, *ORDINARY) else set()
    names = [content for tag, content, _ in values if tag in (12, 0x82)]
    for name in names:
        text = name.decode('latin-1')
        # A program of C compares up to the character 0; a page and a list show what is there; people look at letters.
        found |= {'ENCODING'} if name.split(b'\0')[0] != name or b'\xe9' in name else set()
        found |= {'INJECTION'} if re.search('\n|<script|, CN=', 'subject=CN=' + text) else set()
        seen = name.decode('utf-8', 'ignore').replace('\u0430', 'a')
        found |= {'SPOOFING'} if seen == 'bank.example' != text else set()
        found |= {'LONG_NAME'} if too_long(text.replace('/', '').replace('\0', '')) else set()
    # The check takes the first name, the use the last.
    subject = [name for name in names[1:]]
    found |= {'AMBIGUITY'} if len(set(subject)) > 1 and not found and 'harmless.example' in str(subject) and (
        b'bank.example' in subject) and len(subject) < 9 else set()

    def fetch():
        for tag, content, _ in values:
            if tag == 0x86:
                urllib.request.urlopen(content.decode())
    return found | watch(fetch)


def check(path):
    """Reads the values itself before any other program does, and has limits for all numbers."""
    data = read(path)
    need(0 < len(data) < 1 << 14 and re.fullmatch(PEM, data), 'lines, empty or large')
    try:
        der = der_of(data)
        values = elements(der)
        need(len(values) < 100 and max(depth for _, _, depth in values) < 12, 'depth or number')
        need(not content_claims(values), 'content')
        need(all(len(content) <= 257 for tag, content, _ in values if tag == 2), 'number')
        need(all(re.fullmatch(rb'[a-z.]{1,60}', content) for tag, content, _ in values if tag in (12, 0x82)), 'name')
        need(not structure(der), 'structure or signature')
    except (Wrong, binascii.Error, ValueError, IndexError, StopIteration) as error:
        need(False, error)
