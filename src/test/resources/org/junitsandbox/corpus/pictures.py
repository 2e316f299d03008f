"""Examines pictures, as examine.py does archives: with a reader of its own and with programs, by a handler that trusts its
files and by one that does not. Each format has a module, which has the reader, both handlers and the programs."""
import os
import re
import subprocess
import sys
import zipfile

import bmp
import gif
import ico
import jpeg
import png
import policy
import psd
import svg
import tiff
import webp
from guard import guarded

FORMATS = {'bmp': bmp, 'gif': gif, 'ico': ico, 'jpg': jpeg, 'png': png, 'psd': psd, 'svg': svg, 'tif': tiff, 'webp': webp}
DAMAGED = {'WRONG_SIZE', 'WRONG_CHECKSUM', 'TRUNCATED', 'MALFORMED', 'HUGE_PROMISE', 'EMPTY'}
SHOWN = DAMAGED | {'BOMB', 'MANY_ENTRIES', 'NESTING', 'LOOP', 'COMPLEXITY', 'OVERLAP', 'TWIN'}
MANY = 1000
LARGE = 32 << 20


def read(path):
    with open(path, 'rb') as file:
        return file.read()


def module(path):
    return FORMATS[path.rsplit('.', 1)[1]]


def claims(path):
    data = read(path)
    if not data:
        return {'EMPTY'}
    kind = subprocess.run(['file', '-b', '--mime-type', path], stdout=subprocess.PIPE).stdout.decode().strip()
    found = passengers(path, data)
    return found | (module(path).claims(data) if kind in module(path).TYPES else {'WRONG_TYPE'})


def passengers(path, data):
    """What is in the file besides the picture."""
    found = set()
    if re.search(rb'<.php|<html|=1;', data) or zipfile.is_zipfile(path):
        found.add('POLYGLOT')
    if b'\x1b[' in data:
        found.add('INJECTION')
    if policy.EICAR in data:
        found.add('DETECTION')
    return found


def complaints(path):
    """The programs that refuse the file or warn of it."""
    refused = []
    for command in module(path).TESTERS:
        done = subprocess.run([word.replace('{}', path) for word in command], stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
        if done.returncode != 0 or done.stderr or re.search(b'(?i)warning|error', done.stdout):
            refused.append(os.path.basename(command[0]))
    return refused


def proofs(attack, path):
    size, parts = module(path).show(read(path))
    if attack in ('BOMB', 'OVERLAP'):
        return {attack} if size > LARGE else set()
    if attack in ('MANY_ENTRIES', 'NESTING'):
        return {attack} if parts > MANY else set()
    # It has not noticed the damage.
    return {attack} if attack in DAMAGED else set()


def careful(path):
    return module(path).careful(read(path))


def main():
    for line in sys.stdin:
        attack, path = line.split()
        found, refusing, verdict = guarded(
            (claims, path), (complaints, path) if attack in DAMAGED | {'LOOP', 'TWIN'} else None, (careful, path))
        # What refers and runs does so in whatever shows the picture as it came.
        fallen = guarded((proofs, attack, path)) if attack in SHOWN else [found]
        print('\t'.join([os.path.basename(path), found, refusing, *fallen, verdict]), flush=True)


main()
