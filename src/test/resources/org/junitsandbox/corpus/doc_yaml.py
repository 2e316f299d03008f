"""YAML: the events of libyaml, and PyYAML (YAML 1.1) beside ruamel.yaml (YAML 1.2) and Perl's YAML::PP."""
import re

import ruamel.yaml
import yaml

from careful import need
from tools import DAMAGED, LARGE, MANY, ends_in_recursion, read, run, too_long, watch

CORE = 'tag:yaml.org,2002:'


class Graph:
    """The nodes of all documents, of which nothing is constructed."""

    def __init__(self, data):
        self.children, self.texts, self.anchors, self.tags, self.documents = {}, {}, {}, [], 0
        stack = []
        for event in yaml.parse(data, Loader=yaml.CLoader):
            if isinstance(event, yaml.DocumentStartEvent):
                self.documents += 1
                self.anchors = {}
            elif isinstance(event, yaml.AliasEvent):
                self.children[stack[-1]].append(self.anchors[event.anchor])
            elif isinstance(event, yaml.NodeEvent):
                node = len(self.children)
                self.children[node] = []
                self.texts[node] = getattr(event, 'value', '')
                self.tags += [event.tag] if event.tag else []
                if event.anchor:
                    self.anchors[event.anchor] = node
                if stack:
                    self.children[stack[-1]].append(node)
                if isinstance(event, yaml.CollectionStartEvent):
                    stack.append(node)
            elif isinstance(event, yaml.CollectionEndEvent):
                stack.pop()

    def size(self, node, known, seen=()):
        """How many characters and nodes come of a node, or infinity if it leads back to itself."""
        if node in seen:
            return float('inf')
        if node not in known:
            known[node] = len(self.texts[node]) + 1 + sum(
                self.size(each, known, seen + (node,)) for each in self.children[node])
        return known[node]


def brackets(data):
    """The deepest layer of a document that begins with its brackets or dashes."""
    return max(len(run) for run in re.findall(rb'\[*|(?:\{a: )*|(?:- )*', data))


def claims(attack, path):
    data = read(path)
    if not re.sub(rb'#.*', b'', data).strip():
        return {'EMPTY'}
    try:
        text = data.decode('utf-8')
    except UnicodeDecodeError:
        return {'ENCODING'}
    if '\0' in text:
        return {'ENCODING'}
    if brackets(data) > 2 * MANY:
        return {'NESTING'}
    try:
        graph = Graph(data)
    except (yaml.YAMLError, KeyError):
        return {'MALFORMED' if data.endswith(b'\n') else 'TRUNCATED'}
    found = {'MANY_ENTRIES'} if len(graph.children) > MANY else set()
    found |= {'CONCATENATED'} if graph.documents > 1 else set()
    size = graph.size(0, {})
    if size == float('inf'):
        return {'LOOP'}
    found |= {'BOMB'} if size > LARGE or max(map(len, graph.texts.values())) > LARGE else set()
    found |= {'LONG_NAME'} if len(graph.texts[min(1, len(graph.texts) - 1)]) > 255 else set()
    for tag in graph.tags:
        found.add('EXTERNAL_REFERENCE' if tag == '!include' else 'ACTIVE_CONTENT')
    return found | ({'AMBIGUITY'} if attack in ('AMBIGUITY', 'TWIN') and readings(text) else set())


def readings(text):
    """Whether YAML 1.1 and 1.2 differ, or a reader of plain keys does."""
    old = yaml.safe_load(text)
    try:
        new = ruamel.yaml.YAML(typ='safe', pure=True).load(text)
    except ruamel.yaml.YAMLError:
        return True
    return old != new or '<<' in text


def complaints(path):
    refused = []
    for name, load in (('pyyaml', yaml.safe_load), ('ruamel', ruamel.yaml.YAML(typ='safe', pure=True).load)):
        try:
            if load(read(path)) is None:
                refused.append(name)
        except Exception:
            refused.append(name)
    code = run('perl', '-MYAML::PP', '-e', 'exit !defined(YAML::PP->new->load_file(shift))', path)[0]
    return refused + (['YAML::PP'] if code else [])


class Naive(yaml.CUnsafeLoader):
    """Constructs whatever a document names, and knows inclusions."""


def create(loader, suffix, node):
    raise NotImplementedError('creates ' + suffix)


Naive.add_constructor('!include', lambda loader, node: open(node.value).read())
Naive.add_multi_constructor(CORE + 'javax.', create)
Naive.add_multi_constructor(CORE + 'com.sun.', create)
Naive.add_multi_constructor('!ruby/object:', create)


def written(value):
    """How many characters the value becomes when it is written without aliases; stops when they are many."""
    size = 0

    def put(each):
        nonlocal size
        size += len(each) if isinstance(each, str) else 1
        if size > LARGE:
            raise OverflowError
        for part in list(each.items()) if isinstance(each, dict) else each if isinstance(each, (list, tuple)) else ():
            put(part)
    try:
        put(value)
    except OverflowError:
        return {'BOMB'}
    except RecursionError:
        return {'LOOP'}
    return set()


def fall(attack, path):
    data = read(path)
    try:
        text = data.decode('utf-8')
    except UnicodeDecodeError:
        return {'ENCODING'}
    if attack in DAMAGED:
        # A scanner that looks for what it wants finds no error.
        re.findall(r'(\w+): *(\w*)', text)
        return {attack}
    if attack == 'ENCODING':
        return {attack} if text.split('\0')[0] != text else set()
    if attack == 'NESTING':
        return {attack} if ends_in_recursion(yaml.load, data, yaml.UnsafeLoader) else set()
    values = []
    try:
        found = watch(lambda: values.extend(yaml.load_all(data, Naive)))
    except NotImplementedError:
        return {'ACTIVE_CONTENT'}
    if not values:
        return found
    found |= written(values[0])
    found |= {'CONCATENATED'} if len(values) > 1 else set()
    found |= {'MANY_ENTRIES'} if len(values) + len(values[0]) > MANY else set()
    if isinstance(values[0], dict):
        found |= {'LONG_NAME'} if too_long(next(iter(values[0]))) else set()
        found |= {'BOMB'} if len(str(values[0].get('name'))) > LARGE else set()
    return found | ({'AMBIGUITY'} if attack in ('AMBIGUITY', 'TWIN') and readings(text) else set())


def check(path):
    """Knows keys with a word, a number or a list; no aliases, tags, brackets or further documents."""
    data = read(path)
    need(0 < len(data) < 1 << 16, 'empty or large')
    value = r'(?!(?:yes|no|on|off|y|n|true|false|null)\n)(?:[a-z]{1,20}|[1-9]\d{0,8}|"[a-z ]{0,20}")'
    line = r'[a-z]{1,20}: %s\n|[a-z]{1,20}:\n(?:  - %s\n)+' % (value, value)
    need(re.fullmatch('(?:%s)+' % line, data.decode('latin-1')), 'line')
    keys = re.findall(rb'(?m)^(\w+):', data)
    need(len(keys) == len(set(keys)) and len(data) < 5000, 'key twice')
