"""Mails: Python's email package and rules of the RFCs, beside munpack and exiftool."""
import base64
import binascii
import email
import email.header
import email.policy
import email.utils
import io
import os
import re
import tempfile
import urllib.request
import zipfile

import policy
from careful import need
from tools import DAMAGED, LARGE, MANY, SECRET, ends_in_recursion, read, run, too_long, watch


def headers_of(data):
    """Names and values of the first headers, unfolded."""
    head = re.sub(rb'\r\n(?=[ \t])', b'', data.split(b'\r\n\r\n')[0])
    return [line.split(b':', 1) for line in head.split(b'\r\n') if b':' in line]


def decoded(value):
    """An encoded word decoded as far as it goes, and hexadecimal as well."""
    text = value.decode('latin-1') if isinstance(value, bytes) else value

    def word(match):
        kind, content = match.group(1).lower(), match.group(2)
        raw = base64.b64decode(content) if kind == 'b' else re.sub(
            '=(..)', lambda each: chr(int(each.group(1), 16)), content.replace('_', ' ')).encode()
        return raw.decode('latin-1')
    text = re.sub(r'=\?[\w-]+\?([bqBQ])\?(.*?)\?=', word, text)
    return re.sub('%([0-9A-Fa-f]{2})', lambda each: chr(int(each.group(1), 16)), text)


def names_of(data):
    """The names of attachments, in pieces or not."""
    for line in re.findall(rb'Content-Disposition: attachment; (.*)\r\n', data):
        pieces = re.findall(rb'filename(?:\*\d?)?=(?:"((?:[^"\\]|\\.)*)"|(\S+))', line)
        texts = [(quoted or plain).replace(b'\\\\', b'\\').split(b"''")[-1] for quoted, plain in pieces]
        yield [decoded(b''.join(texts))] if b'*0=' in line else [decoded(each) for each in texts]


def depth(data):
    """Of parts and mails, and of the comments in a header."""
    layers = max(len(re.findall(rb'Content-Type: (?:multipart/|message/rfc822)', data)), data.count(b'message/rfc822'))
    return max([layers] + [len(each) for each in re.findall(rb'\(+', data)])


def attached(data):
    for kind, content in re.findall(rb'Content-Transfer-Encoding: (base64)\r\n\r\n(.*?)\r\n--x', data, re.S):
        yield content


def contents(data):
    for content in attached(data):
        try:
            yield base64.b64decode(content)
        except binascii.Error:
            yield b''


def claims(attack, path):
    data = read(path)
    if not data:
        return {'EMPTY'}
    headers = headers_of(data)
    if not headers:
        return {'EMPTY'}
    if depth(data) > MANY:
        return {'NESTING'}
    fields = [name.lower() for name, _ in headers]
    found = {'MANY_ENTRIES'} if max(len(fields), data.count(b'--x\r\n')) > MANY else set()
    names = list(names_of(data))
    flat = [name for each in names for name in each]
    found |= {'TRAVERSAL'} if any('/' in name or '\\' in name for name in flat) else set()
    found |= {'LONG_NAME'} if max(map(len, flat + [''])) > 255 or max(map(len, data.split(b'\r\n'))) > 10_000 else set()
    lines = [decoded(value) for name, value in headers if name in (b'Subject', b'From')] + flat
    found |= {'INJECTION'} if any(re.search('[\r\n]|<script', line) for line in lines) or b'\n.\r\n' in data else set()
    found |= header_claims(data, fields, lines)
    found |= {'AMBIGUITY'} if any(len(each) > 1 for each in names) or data.count(b'boundary=') > 1 else set()
    found |= {'AMBIGUITY'} if re.search(rb'=\w', b''.join(attached(data))) else set()
    found |= {'AMBIGUITY'} if fields.count(b'content-type') > 1 else set()
    found |= {'ACTIVE_CONTENT'} if b'text/html' in data and b'<script' in data else set()
    found |= {'WRONG_TYPE'} if b'.png"' in data and b'<html' in data else set()
    found |= {'EXTERNAL_REFERENCE'} if re.search(rb'text/html.*http:|message/external-body', data, re.S) else set()
    found |= {'DETECTION'} if any(policy.EICAR in each for each in contents(data)) else set()
    for content in contents(data):
        if zipfile.is_zipfile(io.BytesIO(content)):
            entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
            found |= {'BOMB'} if sum(each.file_size for each in entries) > LARGE else set()
    return found | (structure(data) if not found else set())


def header_claims(data, fields, lines):
    head = data.split(b'\r\n\r\n')[0]
    found = {'ENCODING'} if re.search(rb'[\0\x80-\xff]', head) else set()
    found |= {'ENCODING'} if re.search(rb'charset=(?!us-ascii|utf-8)', data) else set()
    sender = next(line for line in lines) if lines else ''
    spoofed = fields.count(b'from') > 1 or sender.count('@') > 1
    return found | ({'SPOOFING'} if spoofed else set())


def structure(data):
    boundary = re.search(rb'boundary="?([^"\r\n]*)', data)
    content = b''.join(attached(data))
    if content and not re.fullmatch(rb'[\w+/]*={0,2}', content):
        return {'MALFORMED'}
    if boundary and boundary.group(1) and data.endswith(b'--' + boundary.group(1) + b'--\r\n'):
        return set()
    return {'MALFORMED' if data.endswith(b'--x--\r\n') else 'TRUNCATED'}


def complaints(path):
    message = email.message_from_bytes(read(path), policy=email.policy.default)
    defects = [each for part in message.walk() for each in part.defects]
    kind = run('exiftool', '-s3', '-FileType', path)[1].strip()
    refused = ['email'] if defects or not message.keys() else []
    with tempfile.TemporaryDirectory() as directory:
        unpacked = run('munpack', '-t', '-f', '-C', directory, path)
    if not unpacked[1] or b'Did not find' in unpacked[1] or b'warning' in unpacked[2]:
        refused.append('munpack')
    return refused + ([] if kind in (b'', b'TXT', b'EML') else ['exiftool'])


def save(names):
    """Saves attachments below a directory by the names that they bring."""
    found = set()
    for name in names:
        target = os.path.join('/tmp/mail', name.replace('\\', '/'))
        outside = not os.path.normpath(target).startswith('/tmp/mail/')
        found |= {'TRAVERSAL'} if outside else {'LONG_NAME'} if too_long(name) else set()
    return found


def fetch(data):
    for name in re.findall(rb'access-type=local-file; name="([^"]*)"', data):
        with open(name.decode()) as file:
            file.read()
    for address in re.findall(rb'(?:URL|src)="(http[^"]*)"', data):
        urllib.request.urlopen(address.decode())
    if re.search(rb'text/html.*<script|<html><script', data, re.S):
        os.system('true')


def fall(attack, path):
    data = read(path)
    if attack in DAMAGED:
        # Takes the lines that look like text, whatever is around them.
        re.findall(rb'\r\n\r\n([a-z]+)', data)
        return {attack}
    if attack == 'NESTING':
        def parse():
            message = email.message_from_bytes(data, policy=email.policy.default)
            return message['From'].addresses, message.as_bytes()
        return {attack} if ends_in_recursion(parse) else set()
    headers = headers_of(data)
    parts = data.split(b'--x\r\n')
    found = {'MANY_ENTRIES'} if max(len(headers), len(parts)) > MANY else set()
    message = email.message_from_bytes(data)
    names = [part.get_filename() for part in message.walk() if part.get_filename()]
    names = [str(email.header.make_header(email.header.decode_header(name))) for name in names]
    found |= save(names)
    found |= {'LONG_NAME'} if max(len(line) for line in data.split(b'\r\n')) > 10_000 and passes_line(data) else set()
    # Writes the headers anew, and shows them in a page; gives the mail on line by line.
    subject = ''.join(decoded(value) for name, value in headers if name == b'Subject') + ''.join(names)
    written = 'Subject:' + subject + '\r\n'
    found |= {'INJECTION'} if len(re.split('[\r\n]+', written)) > 2 else set()
    found |= {'INJECTION'} if '<script' in '<h1>' + subject + '</h1>' else set()
    found |= {'INJECTION'} if '.' in data.decode('latin-1').splitlines() else set()
    found |= shows(data, headers)
    # The check takes the first of two, the use the last.
    kinds = [value for name, value in headers if name == b'Content-Type']
    found |= {'AMBIGUITY'} if len(set(kinds)) > 1 or data.count(b'boundary=') > 1 else set()
    found |= {'AMBIGUITY'} if any(len(each) > 1 for each in names_of(data)) else set()
    for content in [each for each in attached(data) if len(each) < 100]:
        pieces = re.findall(rb'\w+=*', content)[:9]
        pieces = b''.join(base64.b64decode(each + b'=' * (-len(each) % 4)) for each in pieces)
        found |= {'AMBIGUITY'} if pieces != base64.b64decode(content.split(b'=')[0] + b'==')[:len(pieces)] else set()
    for content in contents(data):
        found |= {'DETECTION'} if policy.EICAR in content else set()
        if zipfile.is_zipfile(io.BytesIO(content)):
            with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(archive.namelist()[0]) as file:
                found |= {'BOMB'} if len(file.read(64 * LARGE)) > LARGE else set()
    # A server that guesses the type of an attachment from its bytes.
    if b'.png"' in data and b'<html' in data:
        return found | {'WRONG_TYPE'}
    return found | watch(fetch, data)


def passes_line(data):
    """A header of a fixed size in memory."""
    return any(len(name) + len(value) > 998 for name, value in headers_of(data)[:50])


def shows(data, headers):
    """A user sees the name of the first sender, up to the character 0; the system checks the last address."""
    senders = [decoded(value).strip() for name, value in headers if name == b'From']
    shown = email.utils.parseaddr(senders[0].split('\0')[0])
    checked = email.utils.parseaddr(senders[-1].replace('\0', ''))[1]
    found = {'SPOOFING'} if (shown[0] or shown[1]) != checked or '\0' in senders[0] else set()
    head = data.split(b'\r\n\r\n')[0]
    hidden = re.search(rb'[\0\x80-\xff]', head) or re.search(rb'charset=(?!us-ascii|utf-8)', data)
    # Shows bytes as Latin-1, whatever they are.
    return found | ({'ENCODING'} if hidden else set())


def check(path):
    """Knows its headers, one layer of parts and short lines."""
    data = read(path)
    need(0 < len(data) < 1 << 16, 'empty or large')
    need(re.fullmatch(rb'(?:[\x20-\x7e]{0,200}\r\n)+', data), 'characters or lines')
    need(not re.search(rb'(?m)^\.', data) and b'=?' not in data, 'dot or encoded word')
    address = rb'[a-z]{1,20}@[a-z.]{1,40}\r\n'
    head = (rb'From: %sTo: %sSubject: [a-z ]{1,40}\r\nDate: [\w,: +]{1,40}\r\nMessage-ID: <[\w.@]{1,40}>\r\n'
            rb'MIME-Version: 1\.0\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n' % (address, address))
    part = (rb'--x\r\nContent-Type: text/plain(?:; charset=us-ascii)?\r\n'
            rb'(?:Content-Disposition: attachment; filename="[a-z]{1,20}\.txt"\r\n)?\r\n[a-z ]{1,70}\r\n')
    need(re.fullmatch(head + rb'(?:%s){1,9}--x--\r\n' % part, data), 'header or part')
