"""HTML: Python's html.parser as a reader, beside tidy and xmllint."""
import os
import re
import urllib.request
from html import unescape
from html.parser import HTMLParser

from careful import need
from tools import DAMAGED, MANY, ends_in_recursion, read, run, too_long, watch

VOID = {'br', 'img', 'meta', 'link', 'base', 'input'}
SCRIPT = re.compile(r'(?i)^(?:javascript|data:text/html)')


class Facts(HTMLParser):
    """What a page holds. A text that scripts alone hide is looked at as if there were scripts."""

    def __init__(self, text):
        super().__init__()
        self.names, self.addresses, self.scripts, self.shown = [], [], set(), []
        self.attributes = self.depth = self.deepest = self.longest = 0
        self.clobbers = self.overlay = False
        self.link = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.names.append(tag)
        self.depth += tag not in VOID
        self.deepest = max(self.deepest, self.depth)
        self.longest = max(self.longest, len(tag))
        self.attributes = max(self.attributes, len(attributes))
        if tag == 'script' and 'src' not in dict(attributes):
            self.scripts.add(tag)
        for key, value in attributes:
            self.attribute(tag, key, value or '')

    def attribute(self, tag, key, value):
        value = re.sub(r'[\t\n\r]', '', value)
        target = value.split('url=')[-1] if key == 'content' else value
        if key.startswith('on') or SCRIPT.match(target) or key == 'srcdoc' or '<img' in value or '<script' in value:
            self.scripts.add(key)
        elif re.match('(http|file)://', target):
            self.addresses.append(target)
        self.clobbers = self.clobbers or key in ('id', 'name') and value in ('document', 'cookie', 'attributes')
        self.overlay = self.overlay or 'opacity:0' in value
        if key == 'href' and tag == 'a':
            self.link = value

    def handle_endtag(self, tag):
        self.depth -= 1
        self.link = None if tag == 'a' else self.link

    def handle_data(self, data):
        self.addresses += re.findall(r'@import url\("([^"]*)', data)
        if self.link and re.match('https?://', data):
            self.shown.append((data, self.link))


def claims(attack, path):
    data = read(path)
    if not data:
        return {'EMPTY'}
    try:
        text = data.decode('utf-8')
    except UnicodeDecodeError:
        return {'ENCODING'}
    if re.search('[\0\x1b]|charset="utf-7"', text):
        return {'ENCODING'}
    facts = Facts(text)
    # A filter may put a script together that it removes but once.
    joined = Facts(re.sub('<script></script>', '', text))
    found = {'ACTIVE_CONTENT'} if facts.scripts or joined.scripts or re.search('<!-->.*<img', text) else set()
    # Raw text ends sooner than an attribute.
    found |= {'ACTIVE_CONTENT'} if re.search(r'</(?:textarea|noscript)><img[^>]* onerror', text) else set()
    found |= {'SPOOFING'} if facts.overlay or any(shown != link for shown, link in facts.shown) else set()
    found |= {'INJECTION'} if facts.clobbers or re.search(r"='http[^']*$", text) else set()
    found |= {'EXTERNAL_REFERENCE'} if facts.addresses and not found else set()
    found |= {'NESTING'} if facts.deepest > MANY else set()
    found |= {'MANY_ENTRIES'} if facts.attributes > MANY or facts.names.count('br') > MANY else set()
    found |= {'LONG_NAME'} if facts.longest > 255 else set()
    return found | ({'TRUNCATED'} if not found and not text.rstrip().endswith('</html>') else set())


def complaints(path):
    refused = ['tidy'] if run('tidy', '-quiet', '-errors', path)[0] != 0 else []
    return refused + (['xmllint'] if run('xmllint', '--html', '--noout', '--nonet', path)[2] else [])


def cleaned(text):
    """A filter that removes what it knows, once."""
    return re.sub(r'<script>.*?</script>|<script></script>', '', text)


def browse(text):
    """What a browser does with a page that the filter gave on."""
    plain = unescape(cleaned(text))
    joined = re.sub(r'[\t\n\r]', '', plain)
    # Scripts of the page that shows it.
    scripts = re.search(r'(?i)<script|[\s/]on\w+=|=["\']?javascript:|=["\']?data:text/html|url=data:', joined)
    if scripts or re.search(r'<script>', text):
        os.system('true')
    for address in re.findall(r'''(?:(?:src|href)=["']|url[=(]"?)((?:http|file)://[^"'>)]*)''', plain):
        urllib.request.urlopen(address, timeout=5)


class Tree(HTMLParser):
    """Makes a tree, and trusts its depth."""

    def __init__(self):
        super().__init__()
        self.path = [[]]
        self.count = 0

    def handle_starttag(self, tag, attributes):
        self.count += 1 + len(attributes)
        self.path[-1].append([])
        if tag not in VOID:
            self.path.append(self.path[-1][-1])


def walk(node):
    for each in node:
        walk(each)


def fall(attack, path):
    data = read(path)
    if attack in DAMAGED:
        # What follows in the page becomes a part of what was not ended, and nothing is reported.
        page = data + b'<p>next</p>'
        return {attack} if Facts(page.decode()).names is not None else set()
    if attack == 'ENCODING':
        # The filter reads bytes; a browser reads what they stand for.
        shown = data.replace(b'\0', b'').replace(b'\xc0\xbc', b'<').replace(b'+ADw-', b'<')
        hidden = shown != data or b'\x1b' in data
        return {attack} if hidden and cleaned(data.decode('latin-1')) == data.decode('latin-1') else set()
    text = data.decode('utf-8')
    tree = Tree()
    tree.feed(text)
    if ends_in_recursion(walk, tree.path[0]):
        return {'NESTING'}
    found = {'MANY_ENTRIES'} if tree.count > MANY else set()
    found |= {'LONG_NAME'} if too_long(max(re.findall('<([a-z]+)', text), key=len)) else set()
    # A page with a text behind, in which the names are looked up and the user reads what is shown.
    dangling = re.search(r"<img src='([^']*)", text + "<p>secret 'x'")
    found |= {'INJECTION'} if dangling and 'secret' in dangling.group(1) or re.search('id="document"', text) else set()
    shown = re.search('<a href="([^"]*)"[^>]*>(https?://[^<]*)', text)
    found |= {'SPOOFING'} if shown and shown.group(1) != shown.group(2) or 'opacity:0' in text else set()
    return found or watch(browse, text)


def check(path):
    """Knows a few elements, and no attribute but one of the head."""
    data = read(path)
    need(0 < len(data) < 1 << 16, 'empty or large')
    need(re.fullmatch(rb'[\n\x20-\x7e]+', data), 'characters')
    text = data.decode('ascii')
    need(text.startswith('<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>'), 'head')
    need(text.endswith('</body></html>\n'), 'end')
    open_elements = []
    for end, name, rest in re.findall(r'<(/?)([^\s<>]*)([^<>]*)(?=[<>]|$)', text[len('<!DOCTYPE html>'):]):
        need(name in ('html', 'head', 'meta', 'title', 'body', 'p', 'b'), 'element ' + name[:20])
        need(rest == ('' if name != 'meta' else ' charset="utf-8"'), 'attribute')
        if end:
            need(open_elements and open_elements.pop() == name, 'end of ' + name)
        elif name != 'meta':
            open_elements.append(name)
            need(len(open_elements) < 20, 'depth')
    need(not open_elements and text.count('<') == text.count('>') < 500, 'open elements, or many')
