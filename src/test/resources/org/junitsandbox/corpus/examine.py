"""Examines files. Each line of the input is the kind of an attack, or TWIN, and a path. For each, a line is printed: the
file's name, what independent readers find in it, which programs refuse it, what a naive handler falls for, and the verdict
of a careful one. The fields are separated by tabs."""
import os
import re
import sys

import careful
import naive
import policy
import readers
from guard import guarded

DAMAGED = {'WRONG_SIZE', 'WRONG_CHECKSUM', 'TRUNCATED', 'MALFORMED', 'HUGE_PROMISE', 'EMPTY', 'LOOP', 'ENCRYPTED'}
AMBIGUOUS = {'AMBIGUITY', 'CONCATENATED', 'POLYGLOT'}
SINGLE = {'gz', 'bz2', 'xz', 'zst'}


def read(path):
    with open(path, 'rb') as file:
        return file.read()


def claims(attack, path):
    extension = readers.extension(path)
    if extension == 'txt':
        return text_claims(attack, read(path), '/file-name-' in path)
    found = set()
    if attack == 'DETECTION':
        return {attack} if policy.EICAR in readers.contents(path) else set()
    if attack == 'OVERLAP':
        return {attack} if readers.overlaps(path) else set()
    if attack == 'NESTING':
        return naive.depth(path)
    if attack in AMBIGUOUS:
        found |= {attack} if differs(path) else set()
    if attack == 'BOMB' or attack == 'EMPTY' and extension in SINGLE:
        return expanded(attack, path)
    if extension == 'gz':
        found |= policy.of_name(readers.stored_name(path)) | ({'INJECTION'} if b'\x1b[' in read(path) else set())
    if extension in ('jar', 'deb'):
        found |= readers.actions(path)
    if extension == 'bz2' and attack == 'MALFORMED':
        found |= {attack} if readers.selectors(read(path)) > 18002 else set()
    if extension == '7z' and b'\x00\xd8a\x00' in read(path):
        found.add('ENCODING')
    if extension in SINGLE:
        return found
    try:
        entries = readers.entries(path)
    except Exception as error:
        return found | {'reader: ' + type(error).__name__}
    found |= policy.of_entries(entries)
    if len(entries) > naive.MANY or readers.longest_header(path) > 1 << 20:
        found.add('MANY_ENTRIES')
    return found | (set() if entries else {'EMPTY'})


def differs(path):
    if re.match(rb'#!|<|%PDF|GIF8|dex\n', read(path)) and readers.entries(path):
        return True
    if readers.is_followed(path):
        return True
    views = readers.views(path)
    return any(view != views[0] for view in views)


def expanded(attack, path):
    size = naive.expanded_size(path)
    return {attack} if (size == 0 if attack == 'EMPTY' else size > naive.LARGE) else set()


def text_claims(attack, data, is_name):
    found = policy.of_name(data) if is_name else set()
    text = data.decode('utf-8', 'replace')
    patterns = {
        'ENCODING': '[\0\ufffd\ufeff\u0130\u0301\u0085\u2028]|\\+ADw',
        'SPOOFING': '[\u00ad\u0400-\u04ff\u2000-\u206f\U000e0000-\U000e0fff]| {100}',
        'INJECTION': '[\0-\x09\x0b-\x1f\x7f-\x9f]|\n\\d{4}-\\d\\d',
        'EMPTY': r'\A\s*\Z',
        'WRONG_TYPE': r'(?i)\.(php|phtml|asp)\b|\A\.|\A#!|\A<html|\A\x7fELF',
        'BOMB': r'[^\n]{1000000}',
        'MANY_ENTRIES': r'\n{100000}',
    }
    found |= {kind for kind, pattern in patterns.items() if re.search(pattern, text)}
    if policy.EICAR in data:
        found.add('DETECTION')
    return found | (naive.matched(text) if attack == 'COMPLEXITY' else set())


def falls_for_all(attack, path):
    """The naive handler looks with one reader and uses another, knows no viruses, follows each reference and layer."""
    return path.endswith('.txt') or attack in AMBIGUOUS | {'DETECTION', 'EXTERNAL_REFERENCE', 'NESTING'}


def proofs(attack, path):
    extension = readers.extension(path)
    if attack in DAMAGED:
        return naive.trust(attack, path)
    if attack in ('BOMB', 'OVERLAP'):
        return {attack} if naive.expanded_size(path) > naive.LARGE or naive.trust(attack, path) else set()
    if attack == 'ACTIVE_CONTENT':
        return naive.install(path)
    if extension == 'gz':
        return naive.restore(readers.stored_name(path)) | claims(attack, path) & {'INJECTION'}
    return set() if extension in SINGLE else naive.unpack(path)


def judge(path):
    if '/file-name-' in path:
        careful.upload_name(read(path))
    else:
        careful.check(path)


def main():
    for line in sys.stdin:
        attack, path = line.split()
        tested = (attack in DAMAGED or attack == 'TWIN') and not path.endswith('.txt')
        found, refusing, verdict = guarded(
            (claims, attack, path), (readers.complaints, path) if tested else None, (judge, path))
        fallen = [found] if falls_for_all(attack, path) else guarded((proofs, attack, path))
        print('\t'.join([os.path.basename(path), found, refusing, *fallen, verdict]), flush=True)


main()
