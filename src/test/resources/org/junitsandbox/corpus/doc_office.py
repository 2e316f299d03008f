"""Office documents: Python's zipfile and expat as readers that resolve nothing, beside unzip, python-docx, openpyxl and
odfpy."""
import base64
import hashlib
import os
import re
import shutil
import urllib.request
import xml.etree.ElementTree as ElementTree
import zipfile
import zlib

import docx
import odf.opendocument
import openpyxl

import doc_xml
import policy
from careful import need
from tools import DAMAGED, LARGE, MANY, ends_in_recursion, read, run, watch

PROGRAMS = rb'DDEAUTO|cmd\||DDE\(|EXEC\(|vnd\.sun\.star\.script'
ADDRESS = (rb'Target="([^"]*)" TargetMode="External"|href="((?:http|file):[^"]*)"'
           rb'|WEBSERVICE\([\'"]([^"\']*)| SYSTEM \'([^\']*)\'')


def parts_of(path, limit=4 << 20):
    """Names and contents, of which each is read up to a limit."""
    with zipfile.ZipFile(path) as archive:
        found = []
        for info in archive.infolist():
            with archive.open(info, pwd=b'infected' if info.flag_bits & 1 else None) as file:
                found.append((info.filename, file.read(limit), info))
    return found


def decrypted(parts):
    """The content of a text of OpenDocument that has a password, or nothing if it has none."""
    files = {name: content for name, content, _ in parts}
    fields = dict(re.findall(r'manifest:([\w-]+)="([^"]*)"', files.get('META-INF/manifest.xml', b'').decode('latin-1')))
    if 'initialisation-vector' not in fields:
        return b''
    salt, start, checksum = (base64.b64decode(fields[each]) for each in ('salt', 'initialisation-vector', 'checksum'))
    password = hashlib.sha256(b'infected').digest()
    key = hashlib.pbkdf2_hmac('sha1', password, salt, int(fields['iteration-count']), 32)
    packed = run('openssl', 'enc', '-d', '-aes-256-cbc', '-K', key.hex(), '-iv', start.hex(),
                 data=files['content.xml'])[1]
    need(hashlib.sha256(packed[:1024]).digest() == checksum, 'checksum of the content')
    return zlib.decompress(packed, -15)


def addresses(data):
    return [next(filter(None, match)).decode('latin-1') for match in re.findall(ADDRESS, data)]


def graph(data):
    """What is based on or calculated from what."""
    styles = re.findall(rb'styleId="(\w)"><w:basedOn w:val="(\w)"', data)
    return dict(styles + re.findall(rb'r="(\w\d)"><f>(\w\d)</f>', data))


def depth(text):
    deepest = now = 0
    for end, single in re.findall(r'<(/?)[^>]*?(/?)>', text):
        now += -1 if end else 0 if single else 1
        deepest = max(deepest, now)
    return deepest


def claims(attack, path):
    data = read(path)
    if not data:
        return {'EMPTY'}
    try:
        parts = parts_of(path)
    except zipfile.BadZipFile:
        return {'TRUNCATED'}
    if not parts:
        return {'EMPTY'}
    if ElementTree.fromstring(decrypted(parts) or '<none/>').tag != 'none':
        return {'ENCRYPTED'}
    names = [name for name, _, _ in parts]
    contents = b'\n'.join(content for _, content, _ in parts)
    text = contents.decode('latin-1')
    found = {'AMBIGUITY'} if len(set(names)) < len(names) else set()
    found |= {'ENCRYPTED'} if any(info.flag_bits & 1 for _, _, info in parts) else set()
    found |= {'TRAVERSAL'} if any('..' in name for name in names) or 'Target="../../' in text else set()
    found |= {'BOMB'} if any(info.file_size > 64 * LARGE for _, _, info in parts) else set()
    found |= {'EXTERNAL_REFERENCE'} if addresses(contents) else set()
    found |= {'ACTIVE_CONTENT'} if re.search(PROGRAMS, contents) else set()
    found |= {'ACTIVE_CONTENT'} if any('vba' in name or '.exe' in name for name in names) else set()
    found |= {'DETECTION'} if policy.EICAR in contents else set()
    found |= {'LOOP'} if any(each in graph(contents).values() for each in graph(contents)) else set()
    entities = doc_xml.declarations(text)
    if entities and sum(doc_xml.size(each, entities, {}) for each in re.findall(r'>&(\w+);', text)) > LARGE:
        found.add('BOMB')
    found |= {'NESTING'} if depth(text) > MANY else {'MANY_ENTRIES'} if text.count('<') > 5 * MANY else set()
    found |= {'BOMB'} if repeated(text) > MANY or shared(text) > LARGE else set()
    found |= {'HUGE_PROMISE'} if re.search(r'XFD1048576|"2147483647"', text) else set()
    return found | (structure(parts, text) if not found else set())


def repeated(text):
    """Rows by columns."""
    numbers = [int(each) for each in re.findall(r'-repeated="(\d+)"', text)]
    return numbers[0] * numbers[-1] if numbers else 0


def shared(text):
    strings = re.findall(r'<si><t>(\w*)', text)
    return len(strings[0]) * text.count('t="s"') if strings else 0


def structure(parts, text):
    names = [name for name, _, _ in parts]
    if '[Content_Types].xml' not in names and 'mimetype' not in names:
        return {'MALFORMED'}
    for name, content, _ in parts:
        if name.endswith(('.xml', '.rels')):
            try:
                ElementTree.fromstring(content)
            except ElementTree.ParseError:
                return {'MALFORMED'}
    missing = any('/' in target and target not in names and 'xl/' + target not in names
                  for target in re.findall(r'Target="([^"]*)"', text))
    missing = missing or 't="s"' in text and '<si>' not in text
    return {'MALFORMED'} if missing else set()


def complaints(path):
    refused = ['unzip'] if run('unzip', '-tqq', path)[0] != 0 else []
    kind = path.rsplit('.', 1)[1]
    name, load = {'docx': ('python-docx', docx.Document), 'xlsx': ('openpyxl', openpyxl.load_workbook)}.get(
        kind, ('odfpy', odf.opendocument.load))
    try:
        load(path)
    except Exception:
        refused.append(name)
    return refused


def fetch(data):
    for address in addresses(data):
        if address[0] == '\\':
            address = 'http:' + address.replace('\\', '/')
        urllib.request.urlopen(address)


def start(data, names):
    if re.search(PROGRAMS, data) or any('vba' in name or '.exe' in name for name in names):
        os.system('true')


def follow(edges, node):
    return follow(edges, edges[node]) if node in edges else node


def unpack(parts):
    """Writes each part where its name leads, below a new directory."""
    root = '/tmp/office/b/c'
    shutil.rmtree('/tmp/office', ignore_errors=True)
    os.makedirs(root)
    for name, content, _ in parts:
        target = os.path.normpath(os.path.join(root, name))
        if not target.startswith(root + '/'):
            return {'TRAVERSAL'}
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, 'wb') as file:
            file.write(content[:1000])
    for name, content, _ in parts:
        for target in re.findall(rb'Target="(\.\.[^"]*)"', content):
            with open(os.path.join(root, 'word', target.decode())) as file:
                return {'TRAVERSAL'} if 'root:' in file.read() else set()
    return set()


def fall(attack, path):
    if attack in DAMAGED - {'HUGE_PROMISE'}:
        # Looks for what it wants in what is there.
        re.findall(rb'<w:t>([^<]*)', read(path))
        return {attack}
    parts = parts_of(path, 1 << 30)
    if decrypted(parts):
        # The receiver has the password, and no scanner looks at what comes out.
        return {'ENCRYPTED'}
    names = [name for name, _, _ in parts]
    contents = b'\n'.join(content for _, content, _ in parts if len(content) < 4 << 20)
    text = contents.decode('latin-1')
    # The check takes the first of two parts and the program the last. It has the sender's password, and no scanner.
    found = {'AMBIGUITY'} if len(dict(zip(names, parts))) < len(parts) else set()
    found |= {'ENCRYPTED'} if any(info.flag_bits & 1 for _, _, info in parts) else set()
    found |= {'DETECTION'} if policy.EICAR in contents else set()
    found |= {'BOMB'} if sum(len(content) for _, content, _ in parts) > 64 * LARGE else set()
    found |= unpack(parts)
    entities = doc_xml.declarations(text)
    if entities:
        found |= doc_xml.expand(''.join(re.findall(r'>(&\w+;)', text)), entities)
    edges = graph(contents)
    for node in edges:
        found |= {'LOOP'} if ends_in_recursion(follow, edges, node) else set()
    found |= {'BOMB'} if repeated(text) > MANY or shared(text) > LARGE else set()
    found |= watch(fetch, contents) | watch(start, contents, names)
    if attack == 'HUGE_PROMISE':
        cells = 16384 * 1048576 if 'XFD1048576' in text else max(int(each) for each in re.findall('"(\\d+)"', text))
        try:
            bytearray(cells)
        except MemoryError:
            found.add(attack)
    for name, content, _ in parts:
        if name.endswith('.xml') and '<!DOCTYPE' not in text:
            root = ElementTree.fromstring(content)
            if ends_in_recursion(doc_xml.walk, root):
                return found | {'NESTING'}
            found |= {'MANY_ENTRIES'} if len(list(root.iter())) > MANY else set()
    return found


ELEMENTS = ('Types Default Override Relationships Relationship document body p r t workbook sheets sheet worksheet'
            ' sheetData row c v manifest file-entry document-content text spreadsheet table table-row'
            ' table-cell').split()
NAMES = (r'\[Content_Types\]\.xml|_rels/\.rels|word/document\.xml|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels'
         r'|xl/worksheets/sheet\d\.xml|mimetype|META-INF/manifest\.xml|content\.xml')


def check(path):
    """Knows few parts and elements; no declarations, no formulas, no relations but between these parts."""
    need(0 < os.path.getsize(path) < 1 << 20, 'empty or large')
    need(zipfile.is_zipfile(path), 'archive')
    with zipfile.ZipFile(path) as archive:
        infos = archive.infolist()
        names = [info.filename for info in infos]
        need(3 <= len(infos) < 20 and len(set(names)) == len(names), 'number of parts, or a part twice')
        need({'[Content_Types].xml', '_rels/.rels'} <= set(names) or names[:1] == ['mimetype'], 'structure')
        main = {'docx': 'word/document.xml', 'xlsx': 'xl/workbook.xml'}.get(path.rsplit('.', 1)[1], 'content.xml')
        need(main in names, 'main part')
        for info in infos:
            need(re.fullmatch(NAMES, info.filename), 'part ' + info.filename)
            need(info.file_size < 1 << 16 and info.flag_bits & 1 == 0, 'size or encryption')
            content = archive.read(info)
            if info.filename != 'mimetype':
                element_check(content)


def element_check(content):
    text = content.decode('utf-8')
    need('<!' not in text and text.count('<?') == 1 and 'TargetMode' not in text, 'declaration or mode')
    need(text.count('<') < 1000, 'number of elements')
    events = ElementTree.XMLPullParser(events=('start', 'end'))
    try:
        events.feed(content)
        events.close()
    except ElementTree.ParseError as error:
        need(False, error)
    depth = 0
    for event, element in events.read_events():
        depth += 1 if event == 'start' else -1
        need(depth < 12 and element.tag.split('}')[-1] in ELEMENTS, 'element')
        for key, value in element.attrib.items():
            need(not key.endswith(('repeated', 'formula')), 'attribute ' + key)
            need('..' not in value and len(value) < 120, 'value of ' + key)
            need(key != 'r' or re.fullmatch(r'[A-Z]{0,2}[1-9]\d{0,3}', value), 'place of a cell')
            need((key, value) != ('t', 's'), 'shared text')
