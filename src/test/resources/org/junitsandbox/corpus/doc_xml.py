"""XML: expat as a reader that resolves nothing, xmllint and xmlstarlet as others."""
import re
import urllib.request
import xml.etree.ElementTree as ElementTree
from xml.dom import minidom
from xml.parsers import expat

from careful import need
from tools import DAMAGED, LARGE, MANY, ends_in_recursion, read, refusing, run, too_long, watch

CODES = expat.errors.codes
TESTERS = [['xmllint', '--noout', '--nonet'], ['xmlstarlet', 'val', '--quiet']]


def decoded(data):
    return data.decode('utf-16' if data[:2] == b'\xfe\xff' else 'utf-8')


class Facts:
    """What a document holds, of which nothing is resolved or expanded."""

    def __init__(self, data):
        self.entities, self.external = {}, set()
        self.parts = self.deepest = self.open = self.model = self.longest = self.longest_name = 0
        self.script = False
        parser = expat.ParserCreate()
        parser.EntityDeclHandler = self.entity
        parser.StartDoctypeDeclHandler = lambda name, system, public, internal: self.external.update({system} - {None})
        parser.ProcessingInstructionHandler = self.instruction
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.DefaultHandler = lambda data: None
        parser.Parse(data, True)

    def entity(self, name, is_parameter, value, base, system, public, notation):
        self.external |= {system} - {None}
        self.entities[name] = value or ''

    def instruction(self, target, data):
        self.external |= set(re.findall('href=.(\\S+?)[\'"]', data))

    def start(self, name, attributes):
        self.open += 1
        self.deepest = max(self.deepest, self.open)
        self.parts += 1 + len(attributes)
        self.longest_name = max(self.longest_name, len(name))
        self.longest = max([self.longest] + [len(value) for value in attributes.values()])
        self.script = self.script or name == 'script'
        self.external |= {value for key, value in attributes.items()
                          if key in ('href', 'xsi:noNamespaceSchemaLocation')}

    def end(self, name):
        self.open -= 1


def declarations(text):
    return dict(re.findall(r"<!ENTITY (\w+) '([^']*)'>", text))


def size(name, entities, known, seen=()):
    """How many characters an entity becomes, or infinity if it leads back to itself."""
    if name in seen:
        return float('inf')
    if name not in known:
        value = entities[name]
        known[name] = len(re.sub(r'&\w+;', '', value)) + sum(
            size(each, entities, known, seen + (name,)) for each in re.findall(r'&(\w+);', value))
    return known[name]


def claims(attack, path):
    data = read(path)
    if not data:
        return {'EMPTY'}
    try:
        text = decoded(data)
    except UnicodeDecodeError:
        return {'ENCODING'}
    entities, known = declarations(text), {}
    used = re.findall(r'&(\w+);', text.split(']>')[-1])
    total = sum(size(each, entities, known) for each in used if each in entities)
    if total == float('inf'):
        return {'LOOP'}
    if total > LARGE:
        return {'BOMB'}
    model = re.search(r'\({1000,}', text)
    try:
        facts = Facts(data)
    except expat.ExpatError as error:
        if error.code == CODES[expat.errors.XML_ERROR_NO_ELEMENTS] and not re.search('<[a-z]', text):
            return {'EMPTY'}
        at_end = error.code in (CODES[expat.errors.XML_ERROR_NO_ELEMENTS], CODES[expat.errors.XML_ERROR_UNCLOSED_TOKEN])
        return {'NESTING'} if model else {'TRUNCATED' if at_end else 'MALFORMED'}
    found = {'EXTERNAL_REFERENCE'} if facts.external else set()
    found |= {'NESTING'} if facts.deepest > MANY or model else set()
    found |= {'MANY_ENTRIES'} if facts.parts > MANY and facts.deepest < MANY else set()
    found |= {'BOMB'} if facts.longest > LARGE else set()
    found |= {'LONG_NAME'} if facts.longest_name > 255 else set()
    found |= {'ACTIVE_CONTENT'} if facts.script else set()
    found |= {'AMBIGUITY'} if '<!--' in text else set()
    return found | ({'INJECTION'} if '<![CDATA[<' in text else set())


def complaints(path):
    return refusing(TESTERS, path)


def resolve(path):
    """What a program takes that resolves all, and a browser that loads styles and schemas."""
    _, output, errors = run('xmllint', '--noent', '--xinclude', '--loaddtd', '--encode', 'UTF-8', path)
    if b'root:' in output + errors or b'example.invalid' in errors:
        return {'EXTERNAL_REFERENCE'}

    def load():
        for address in re.findall('(?:href|Location)=.(http\\S+?)[\'"]', decoded(read(path))):
            urllib.request.urlopen(address)
    return watch(load)


def expand(text, entities):
    """Puts in each entity until none is left, and stops when that has become large."""
    size = 0

    def put(value):
        nonlocal size
        for part in re.split(r'(&\w+;)', value):
            if part[:1] == '&':
                put(entities[part[1:-1]])
            else:
                size += len(part)
            if size > LARGE:
                raise OverflowError
    try:
        put(text)
    except OverflowError:
        return {'BOMB'}
    except RecursionError:
        return {'LOOP'}
    return set()


def walk(element):
    for child in element:
        walk(child)


def model(text, at):
    """Reads a content model the way it is written down: by a call for each parenthesis."""
    return model(text, at + 1) + 1 if text[at] == '(' else at


def fall(attack, path):
    data = read(path)
    try:
        text = decoded(data)
    except UnicodeDecodeError:
        return {'ENCODING'}
    if attack in DAMAGED:
        # A scanner that looks for what it wants finds no error.
        re.findall('<item[^>]*>([^<]*)', text)
        return {attack}
    if attack in ('BOMB', 'LOOP'):
        found = expand(text.split(']>')[-1], declarations(text))
        return found | ({'BOMB'} if max(map(len, re.findall("'[^']*'", text))) > LARGE else set())
    if attack == 'NESTING' and '<!ELEMENT' in text:
        return {'NESTING'} if ends_in_recursion(model, text, text.index('(')) else set()
    if attack in ('EXTERNAL_REFERENCE', 'TWIN'):
        found = resolve(path)
        if found or attack != 'TWIN':
            return found
    parts = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: parts.extend([name, *attributes])
    parser.Parse(data, True)
    found = {'MANY_ENTRIES'} if len(parts) > MANY else set()
    found |= {'LONG_NAME'} if too_long(parts[0]) else set()
    if attack in ('MANY_ENTRIES', 'LONG_NAME'):
        return found
    root = ElementTree.fromstring(data)
    if ends_in_recursion(walk, root):
        return {'NESTING'}
    whole = ''.join(root.find('item').itertext())
    # A page that shows the text, and one that shows the document.
    found |= {'INJECTION'} if '<script' in '<p>' + whole + '</p>' else set()
    found |= {'ACTIVE_CONTENT'} if root.find('.//{http://www.w3.org/1999/xhtml}script') is not None else set()
    first = minidom.parseString(data).getElementsByTagName('item')[0].firstChild
    return found | ({'AMBIGUITY'} if getattr(first, 'data', '') != whole and attack == 'AMBIGUITY' else set())


def check(path):
    """Knows two elements and one attribute; no declarations, comments, sections or references."""
    data = read(path)
    need(0 < len(data) < 1 << 16, 'empty or large')
    try:
        text = data.decode('utf-8')
    except UnicodeDecodeError as error:
        need(False, error)
    need(text.startswith("<?xml version='1.0' encoding='UTF-8'?>\n"), 'declaration')
    need('<!' not in text and text.count('<?') == 1 and '&' not in text, 'declaration, section or reference')
    events = ElementTree.XMLPullParser(events=('start', 'end'))
    try:
        events.feed(text)
        events.close()
    except ElementTree.ParseError as error:
        need(False, error)
    depth = 0
    for event, element in events.read_events():
        depth += 1 if event == 'start' else -1
        need(depth < 3 and element.tag in ('list', 'item'), 'element')
        need(set(element.attrib) <= {'id'} and len(element.get('id', '')) < 20, 'attribute')
