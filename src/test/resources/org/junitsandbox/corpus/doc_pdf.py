"""PDF: a reader of its own, which searches for objects and resolves nothing, beside qpdf, poppler and Ghostscript."""
import os
import re
import urllib.request
import zipfile
import zlib

import policy
from careful import need
from tools import DAMAGED, LARGE, MANY, read, run, spend, watch

OBJECT = re.compile(rb'(\d+) 0 obj\n(.*?)\nendobj\n', re.S)
RUN = [b'/S /Launch', b'/JavaScript', b'/JS', b'/EmbeddedFiles << /Names [(setup.exe)']
FETCH = [b'/S /URI', b'/S /GoToR', b'/S /SubmitForm', b'/S /ImportData', b' SYSTEM ', b'/F (/etc/passwd)']


def plain(data):
    """Names without their escapes."""
    return re.sub(rb'(?<=[/\w])#(\w\w)', lambda match: bytes([int(match.group(1), 16)]), data)


def objects_of(data):
    return {int(number): plain(value) for number, value in OBJECT.findall(data)}


def head(value):
    return value.split(b'\nstream\n')[0]


def body(value):
    return value.split(b'\nstream\n', 1)[1].rsplit(b'\nendstream', 1)[0] if b'\nstream\n' in value else b''


def edges(number, value):
    """The objects that must not lead back to this one."""
    text = head(value)
    found = re.findall(rb'/(?:Kids \[|Next |Length |F )((?:\d+ 0 R ?)+)', text)
    if b'/MediaBox' not in text:
        found += re.findall(rb'/Parent (\d+ 0 R)', text) if b'/Type /Page ' in text else []
    found += [text] if re.fullmatch(rb'\d+ 0 R', text) else []
    return [int(each) for part in found for each in re.findall(rb'(\d+) 0 R', part)]


def leads_back(graph):
    """Whether some object leads back to itself, found without recursion."""
    done = set()
    for start in graph:
        path, todo = [], [(start, iter(graph.get(start, [])))]
        on_path = {start}
        while todo:
            node, rest = todo[-1]
            following = next((each for each in rest if each not in done), None)
            if following is None:
                todo.pop()
                on_path.discard(node)
                done.add(node)
            elif following in on_path:
                return True
            else:
                on_path.add(following)
                todo.append((following, iter(graph.get(following, []))))
    return False


def depth(data):
    """Of brackets, and of the page tree."""
    runs = [len(each) // 5 for each in re.findall(rb'(?:<</A )+', data)]
    runs += [len(each) for each in re.findall(rb'\[+', data)]
    return max(runs + [len(re.findall(rb'/Type /Pages', data))])


def unpacked(value):
    """How many bytes come out of a stream, up to the limit."""
    data = body(value)
    for _ in range(head(value).count(b'/FlateDecode')):
        data = zlib.decompressobj().decompress(data, 8 * LARGE)
    return len(data)


def drawn(objects):
    """How often the forms are drawn, as the product of the layers; they are in a row."""
    product = 1
    for value in objects.values():
        product *= max(body(value).count(b' Do\n'), 1) if len(body(value)) < 1000 else 1
    return product


def runs_as_postscript(path, safety, sign):
    """Whether Ghostscript, which goes by the first bytes, prints a sign of it or does not come to an end."""
    if not read(path).startswith(b'%!PS'):
        return False
    code, output, _ = run('gs', safety, '-q', '-dBATCH', '-dNOPAUSE', '-sDEVICE=nullpage', path)
    return code < 0 or sign in output


def claims(attack, path):
    data = read(path)
    if not data:
        return {'EMPTY'}
    if runs_as_postscript(path, '-dSAFER', b'Error: /invalidfileaccess'):
        return {'WRONG_TYPE'}
    if zipfile.is_zipfile(path) or re.search(rb'<\?php', data) or not data.startswith(b'%PDF') and b'<html' in data:
        return {'POLYGLOT'}
    if run('qpdf', '--requires-password', path)[0] == 0:
        return {'ENCRYPTED'}
    objects = objects_of(data)
    text = b'\n'.join(objects.values())
    if attack == 'EMPTY' and b'Pages:           0' in run('pdfinfo', path)[1]:
        return {'EMPTY'}
    table = re.search(rb'xref\n0 (\d+)\n((?:\d{10} \d{5} [nf] \n)*)', data)
    trailer = data[data.rfind(b'trailer'):]
    previous = re.search(rb'/Prev (\d+)', trailer)
    found = {'LOOP'} if previous and int(previous.group(1)) == data.rfind(b'\nxref\n') + 1 else set()
    if found or leads_back({number: edges(number, value) for number, value in objects.items()}):
        return {'LOOP'}
    contents = re.search(rb'/Contents \[((?:4 0 R ?)+)', text)
    if drawn(objects) > MANY or contents and contents.group(1).count(b'R') * len(body(objects[4])) > LARGE:
        return {'BOMB'}
    try:
        found |= {'BOMB'} if any(unpacked(value) > LARGE for value in objects.values()) else set()
    except zlib.error:
        return {'MALFORMED'} if b'not packed' in data else {'WRONG_CHECKSUM'}
    found |= {'NESTING'} if depth(data) > MANY else set()
    found |= {'MANY_ENTRIES'} if len(re.findall(rb'/Kids \[((?:\d+ 0 R ?)*)', text)[:1]) and (
        max(each.count(b'R') for each in re.findall(rb'/Kids \[((?:\d+ 0 R ?)*)', text)) > MANY) else set()
    found |= {'MANY_ENTRIES'} if len(objects) > MANY and not found else set()
    numbers = re.findall(rb'(?<![\d.])\d{9,10}(?= [^\d]|\n\d{10} )|\d{10}(?=\])', text + data[-9000:])
    found |= {'HUGE_PROMISE'} if any(int(each) > 10 ** 8 for each in numbers) else set()
    found |= {'ACTIVE_CONTENT'} if any(each in text for each in RUN) else set()
    found |= {'INJECTION'} if re.search(rb'\(javascript:|\(<script|\(\\033', text) else set()
    found |= {'EXTERNAL_REFERENCE'} if any(each in text for each in FETCH) and 'INJECTION' not in found else set()
    found |= {'DETECTION'} if policy.EICAR in data else set()
    ends = data.count(b'%%EOF')
    numbers = [number for number, _ in OBJECT.findall(data)]
    if ends == 2 and data.count(b'%PDF') == 1 or ends == 1 and len(set(numbers)) < len(numbers):
        found.add('AMBIGUITY')
    found |= {'AMBIGUITY'} if any(head(value).count(b'/Contents ') > 1 for value in objects.values()) else set()
    found |= {'CONCATENATED'} if data.count(b'%PDF') > 1 or ends and not data.endswith(b'%%EOF\n') else set()
    return found | (structure(data, objects, table, trailer) if not found else set())


def structure(data, objects, table, trailer):
    if not data.endswith(b'%%EOF\n'):
        return {'TRUNCATED'}
    for value in objects.values():
        length = re.search(rb'/Length (-?\d+)', head(value))
        if length and int(length.group(1)) != len(body(value)):
            return {'WRONG_SIZE'}
    start = re.search(rb'startxref\n(-?\d+)', data)
    offsets = [int(each) for each in re.findall(rb'(\d{10}) 00000 n', table.group(2))] if table else []
    wrong = not data.startswith(b'%PDF') or not table or int(start.group(1)) != data.index(b'xref\n0')
    wrong = wrong or any(not re.match(rb'\d+ 0 obj', data[each:each + 12]) for each in offsets)
    wrong = wrong or b'/Root' not in trailer
    kinds = [re.search(rb'/Type /(\w+)', objects.get(number, b'')) for number in (1, 2)]
    wrong = wrong or [kind and kind.group(1) for kind in kinds] != [b'Catalog', b'Pages']
    for value in objects.values():
        text = head(value)
        wrong = wrong or text.count(b'<<') != text.count(b'>>') or text.count(b'(') != text.count(b')')
        wrong = wrong or b'/Unknown' in text
    return {'MALFORMED'} if wrong else set()


def complaints(path):
    refused = ['qpdf'] if run('qpdf', '--check', path)[0] != 0 else []
    code, _, errors = run('pdfinfo', path)
    return refused + (['pdfinfo'] if code or errors else [])


class Viewer:
    """Searches for objects, and follows, draws, runs and fetches all that they name."""

    def __init__(self, data):
        self.objects = objects_of(data)
        self.pages = self.steps = 0

    def tree(self, number):
        value = self.objects[number]
        for kid in re.findall(rb'(\d+) 0 R', (re.findall(rb'/Kids \[([^\]]*)', head(value)) or [b''])[0]):
            self.tree(int(kid))
        self.pages += b'/Type /Page ' in value
        if b'/Type /Page ' in value:
            self.box(value)

    def box(self, value):
        if b'/MediaBox' not in value:
            self.box(self.objects[int(re.search(rb'/Parent (\d+)', value).group(1))])

    def value(self, number):
        reference = re.fullmatch(rb'(\d+) 0 R', self.objects[number])
        return self.value(int(reference.group(1))) if reference else self.objects[number]

    def length(self, number):
        value = head(self.objects[number])
        reference = re.search(rb'/Length (\d+) 0 R', value)
        return self.length(int(reference.group(1))) if reference else len(value)

    def next(self, number):
        following = re.search(rb'/Next (\d+) 0 R', head(self.objects[number]))
        return self.next(int(following.group(1))) if following else number

    def draw(self, number):
        value = self.objects[number]
        form = re.search(rb'/F (\d+) 0 R', head(value))
        for _ in range(body(value).count(b'/F Do')):
            self.steps += 1
            if self.steps > 1_000_000:
                raise OverflowError
            self.draw(int(form.group(1)) if form else number + 1)


def nested(data, at=0):
    """Reads values by a call for each bracket."""
    return nested(data, at + 1) if at < len(data) and data[at] in b'[<' else at


def follow(data, action):
    """What a viewer does that asks nobody."""
    if b'/Launch' in action or b'/JavaScript' in action or b'setup.exe' in action:
        os.system('true')
    if any(each in action for each in FETCH):
        target = re.search(rb"\(([^)]*)\)(?=[^()]*(?:>>|$))|SYSTEM '([^']*)'", action)
        name = (target.group(1) or target.group(2)).decode('latin-1').replace('\\\\', '\\')
        if name.startswith('\\\\'):
            name = 'http:' + name.replace('\\', '/')
        if '/F (/etc/passwd)' in action.decode('latin-1'):
            name = 'file:///etc/passwd'
        urllib.request.urlopen(name)


def damaged(attack, data):
    if attack == 'HUGE_PROMISE':
        largest = max(int(each) for each in re.findall(rb'(?<!\d)(?!0)\d{1,10}(?!\d)', data))
        try:
            bytearray(largest)
        except MemoryError:
            return {attack}
        return set()
    OBJECT.findall(data)
    return {attack}


def fall(attack, path):
    data = read(path)
    if attack in DAMAGED:
        return damaged(attack, data)
    if runs_as_postscript(path, '-dNOSAFER', b'root:x:0:0'):
        return {'WRONG_TYPE'}
    if attack in ('CONCATENATED', 'AMBIGUITY', 'POLYGLOT', 'ENCRYPTED', 'DETECTION'):
        return passed_on(attack, data)
    spend(5)
    viewer = Viewer(data)
    text = b'\n'.join(viewer.objects.values())
    try:
        viewer.tree(2)
        for number in viewer.objects:
            viewer.value(number), viewer.length(number), viewer.next(number)
        for number in viewer.objects:
            if b'/Type /Page ' in viewer.objects[number]:
                start = re.search(rb'/Contents (\d+) 0 R', viewer.objects[number])
                viewer.draw(int(start.group(1)) if start else number)
        nested(max(viewer.objects.values(), key=lambda value: len(re.match(rb'\[*', value).group())))
        nested(b'[' * max(0, depth(text)))
    except RecursionError:
        return {'NESTING' if attack == 'NESTING' else 'LOOP'}
    except OverflowError:
        return {'BOMB'}
    if b'/Prev' in data:
        # From table to table.
        at, steps = 0, 0
        while re.search(rb'/Prev (\d+)', data[at:]):
            at, steps = int(re.search(rb'/Prev (\d+)', data[at:]).group(1)), steps + 1
            if steps > 1_000_000:
                return {'LOOP'}
    found = {'MANY_ENTRIES'} if max(viewer.pages, len(viewer.objects)) > MANY else set()
    found |= {'BOMB'} if any(unpacked(value) > LARGE for value in viewer.objects.values()) else set()
    contents = re.search(rb'/Contents \[((?:4 0 R ?)+)', text)
    found |= {'BOMB'} if contents and contents.group(1).count(b'R') * len(body(viewer.objects[4])) > LARGE else set()
    # A page that shows the title and the links.
    page = b''.join(re.findall(rb'/Title \((.*)\)', text))
    page += b''.join(b'<a href=' + each for each in re.findall(rb'/URI \((.*)', text))
    if re.search(rb'<script|=javascript:|\\033', page):
        return {'INJECTION'}
    return found | watch(follow, data, text)


def passed_on(attack, data):
    """A check that takes the first object, and a viewer that takes the last; a browser that guesses; no scanner."""
    first, last = {}, {}
    for number, value in OBJECT.findall(data):
        first.setdefault(number, value)
        last[number] = value
    found = {'AMBIGUITY'} if first != last and data.count(b'%PDF') == 1 else set()
    for value in last.values():
        found |= {'AMBIGUITY'} if len(set(re.findall(rb'/Contents (\d+)', value))) > 1 else set()
    found |= {'CONCATENATED'} if data.count(b'%PDF') > 1 or not data.endswith(b'%%EOF\n') else set()
    found |= {'POLYGLOT'} if b'PK\3\4' in data or b'<?php' in data or data.startswith(b'<html') else set()
    found |= {'ENCRYPTED'} if b'/Encrypt' in data else set()
    return found | ({'DETECTION'} if policy.EICAR in data else set())


def check(path):
    """Knows a few keys. Each object is where the table has it, and nothing is between objects."""
    data = read(path)
    need(0 < len(data) < 1 << 16, 'empty or large')
    match = re.fullmatch(rb'(%PDF-1\.\d\n%[\x80-\xff]{4}\n)(.*)'
                         rb'(xref\n0 (\d{1,4})\n0{10} 65535 f \n((?:\d{10} 00000 n \n)+)'
                         rb'trailer\n<< /Root 1 0 R /Size (\d{1,4}) >>\nstartxref\n(\d{1,6})\n%%EOF\n)', data, re.S)
    need(match, 'structure')
    head_part, text, _, count, table, size, start = match.groups()
    found = OBJECT.findall(text)
    need(int(count) == int(size) == len(found) + 1 and int(start) == match.start(3), 'table')
    at = match.start(2)
    for index, (number, value) in enumerate(found):
        need(int(number) == index + 1 and int(table[20 * index:20 * index + 10]) == at, 'object')
        at += len(number) + len(b' 0 obj\n\nendobj\n') + len(value)
    need(at == match.start(3), 'gap')
    forms = [rb'<< /Type /Catalog /Pages 2 0 R >>',
             rb'<< /Type /Pages /Kids \[((?:\d{1,3} 0 R ?){1,50})\] /Count \d{1,2} >>']
    page = (rb'<< /Type /Page /Parent 2 0 R /MediaBox \[0 0 \d{1,4} \d{1,4}\] /Resources << >>'
            rb'(?: /Contents \d{1,3} 0 R)? >>')
    for index, form in enumerate(forms):
        need(index < len(found) and re.fullmatch(form, found[index][1]), 'catalogue or pages')
    pages = set(re.findall(rb'(\d+) 0 R', re.fullmatch(forms[1], found[1][1]).group(1)))
    for number, value in found[2:]:
        stream = re.fullmatch(rb'<< /Length (\d{1,5}) >>\nstream\n([0-9a-z .\n]*)\nendstream', value)
        is_stream = stream and int(stream.group(1)) == len(stream.group(2))
        need(re.fullmatch(page, value) if number in pages else is_stream, 'object')
    need(pages <= {number for number, _ in found[2:]}, 'page')
