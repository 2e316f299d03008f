"""SVG pictures."""
import re
import xml.etree.ElementTree as ElementTree
from xml.parsers import expat

from careful import need

LARGE = 32 << 20
MANY = 1000
TYPES = ['image/svg+xml', 'image/svg', 'text/xml', 'text/html', 'text/plain']
TESTERS = [['xmllint', '--noout', '--nonet', '{}'], ['rsvg-convert', '{}']]


class Facts:
    """What a picture holds, of which nothing is resolved or expanded."""

    def __init__(self, text):
        self.entities = {}
        self.external = set(re.findall(r'<\?xml-stylesheet href=.(\S+?)[\'"?]', text))
        self.scripts = set()
        self.children = {}
        self.targets = {}
        self.elements = self.deepest = 0
        self.size = None
        self.open = []
        parser = expat.ParserCreate()
        parser.EntityDeclHandler = self.entity
        parser.StartDoctypeDeclHandler = lambda name, system, public, internal: self.external.update({system} - {None})
        parser.StartElementHandler = self.start
        parser.EndElementHandler = lambda name: self.open.pop()
        parser.CharacterDataHandler = self.text
        # Expands no entity.
        parser.DefaultHandler = lambda data: None
        parser.Parse(text, True)

    def entity(self, name, is_parameter, value, base, system, public, notation):
        if system:
            self.external.add(system)
        self.entities[name] = value or ''

    def start(self, name, attributes):
        self.elements += 1
        self.open.append(attributes.get('id') or (self.open[-1] if self.open else ''))
        self.deepest = max(self.deepest, len(self.open))
        self.size = self.size or [attributes.get(each, '64') for each in ('width', 'height')]
        if name in ('script', 'foreignObject'):
            self.scripts.add(name)
        for key, value in attributes.items():
            plain = re.sub(r'\s', '', value)
            if key.startswith('on') or plain.startswith('javascript:'):
                self.scripts.add(key)
            if key.endswith('href') or 'url(' in value:
                self.refer(key, plain)

    def refer(self, key, value):
        target = re.search(r'#(\w+)', value)
        if re.match(r'(url\()?#', value):
            self.targets.setdefault(self.open[-1], []).append(target.group(1))
        elif not value.startswith('javascript:'):
            self.external.add(value)

    def text(self, data):
        self.external |= set(re.findall(r'url\(([^)#]+)\)', data))

    def expanded(self, name, graph, seen=()):
        """How many parts come of a name, or infinity if it leads back to itself."""
        if name in seen:
            return float('inf')
        total, known = 1, {}
        for each in graph.get(name, []):
            known[each] = known.get(each) or self.expanded(each, graph, seen + (name,))
            total += known[each]
        return total


def pixels(size):
    numbers = [float(re.match(r'[-+.\de]+(?=$|[a-z%])', each).group()) for each in size]
    return [number * (96 if text.endswith('in') else 1) for number, text in zip(numbers, size)]


def claims(data):
    text = data.decode()
    try:
        facts = Facts(text)
    except expat.ExpatError as error:
        # Of entities within each other, expat finds the loop itself, and of too much text the number.
        code = expat.errors.codes
        return {'LOOP'} if error.code == code[expat.errors.XML_ERROR_RECURSIVE_ENTITY_REF] else {'MALFORMED', 'TRUNCATED'}
    found = set()
    graph = {name: re.findall(r'&(\w+);', value) for name, value in facts.entities.items()}
    text_size = sum(facts.expanded(name, graph) * len(re.sub(r'&\w+;', '', facts.entities[name]) or 'x')
                    for name in re.findall(r'&(\w+);', text.split(']>')[-1]) if name in graph)
    uses = [facts.expanded(name, facts.targets) for name in list(facts.targets)]
    if float('inf') in uses or text_size == float('inf'):
        found.add('LOOP')
    elif text_size > LARGE or max(uses + [0]) > 1 << 20:
        found.add('BOMB')
    if facts.external:
        found.add('EXTERNAL_REFERENCE')
    if facts.scripts:
        found.add('ACTIVE_CONTENT')
    if facts.deepest > MANY:
        found.add('NESTING')
    elif facts.elements > MANY:
        found.add('MANY_ENTRIES')
    width, height = pixels(facts.size)
    if width <= 0 or height <= 0:
        found.add('WRONG_SIZE')
    elif width * height * 4 > LARGE:
        found.add('HUGE_PROMISE')
    return found


def show(data):
    """Draws the picture and trusts all in it: allocates its size, and draws each use of each part."""
    root = ElementTree.fromstring(data)
    width, height = pixels([root.get('width', '64'), root.get('height', '64')])
    canvas = bytearray(int(width * height) * 4)
    scale = 100 / width, 100 / height
    parts = {each.get('id'): each for each in root.iter() if each.get('id')}

    def draw(element):
        canvas[0] += 1 if canvas[0] < 255 else 0
        target = element.get('href') or ''
        if target.startswith('#'):
            draw(parts[target[1:]])
        for each in element:
            draw(each)

    draw(root)
    return len(canvas), len(list(root.iter()))


def careful(data):
    """Knows few elements and attributes, and no declarations and no references but those within a picture."""
    text = data.decode()
    need(0 < len(text) < 1 << 16, 'empty or large')
    need('<!' not in text and '<?' not in text, 'declaration')
    parser = ElementTree.XMLPullParser(events=('start', 'end'))
    depth = count = 0
    uses, named = [], {}
    try:
        parser.feed(text)
        parser.close()
    except ElementTree.ParseError as error:
        need(False, str(error))
    for event, element in parser.read_events():
        depth += 1 if event == 'start' else -1
        count += event == 'start'
        need(depth < 20 and count < 200, 'depth or number of elements')
        if event == 'end':
            continue
        name = element.tag.replace('{http://www.w3.org/2000/svg}', '')
        need(name in ('svg', 'g', 'rect', 'text', 'use'), 'element ' + name)
        for key, value in element.attrib.items():
            need(key in ('width', 'height', 'fill', 'id', 'y', 'href'), 'attribute ' + key)
            need(key not in ('width', 'height') or re.fullmatch(r'[1-9]\d{0,3}', value), 'size')
            need(key != 'fill' or re.fullmatch('[a-z]+', value), 'fill')
            need(key != 'href' or name == 'use' and re.fullmatch(r'#\w+', value), 'reference')
        named[element.get('id')] = element
        uses += [element.get('href')[1:]] if name == 'use' else []
    need(all(named[each].tag.endswith('rect') for each in uses), 'use of more than a shape')
