"""Which names, links and rights of entries are an attack, and of which kind."""
import re
import unicodedata
from urllib.parse import unquote

RESERVED = re.compile(r'(con|prn|aux|nul|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9])$', re.I)
EICAR = ('X5O!P%@AP[4\\PZX54(P^)7CC)7}$' + '-'.join(['EICAR', 'STANDARD', 'ANTIVIRUS', 'TEST', 'FILE!$H+H*'])).encode()


def leads_out(path):
    """As a program on Windows sees it: both slashes, drives, and no dots or spaces at the end of a part."""
    path = path.replace('\\', '/')
    if path.startswith(('/', '~')) or re.match('[A-Za-z]:', path):
        return True
    parts = path.split('/')
    return '..' in parts or any(len(part) > 1 and not part.strip('. ') for part in parts)


def fold(name):
    """What a file system that knows no case, no forms and no invisible characters makes of a name."""
    visible = ''.join(c for c in unicodedata.normalize('NFC', name) if unicodedata.category(c) != 'Cf')
    parts = [part.rstrip('. ') for part in visible.casefold().split('/')]
    return '/'.join(part for part in parts if part)


def of_name(raw):
    """The kinds of attacks that a name is, from its bytes."""
    found = set()
    try:
        name = raw.decode('utf-8')
    except UnicodeDecodeError:
        found.add('ENCODING')
        name = raw.decode('latin-1')
        if re.search('[\xc0\xc1]', name):
            found.add('TRAVERSAL')
    if '\0' in name:
        found.add('ENCODING')
    variants = {name, unquote(name), unquote(unquote(name)), name.replace('../', ''), name.split('\0')[0],
                unicodedata.normalize('NFKC', name)}
    if any(leads_out(variant) for variant in variants) or '://' in name:
        found.add('TRAVERSAL')
    if name.startswith('-') or re.search('[\x00-\x1f\x7f<>|;$`"\'*?{}=%]|://|^[a-z]+:', name):
        found.add('INJECTION')
    parts = re.split(r'[/\\]', name)
    if any(len(part.encode('utf-8', 'surrogateescape')) > 255 for part in parts) or len(raw) > 1024 or len(parts) > 100:
        found.add('LONG_NAME')
    if any(RESERVED.match(re.split(r'[.:]', part)[0]) or ':' in part or '~' in part for part in parts) \
            or name.startswith('/dev/'):
        found.add('SPECIAL_FILE')
    return found


def of_entries(entries):
    """Entries are tuples of kind (- d l h c b p), name, target and mode."""
    found = set()
    files = set()
    folded = {}
    for kind, raw, target, mode in entries:
        found |= of_name(raw)
        name = raw.decode('utf-8', 'surrogateescape').rstrip('/')
        key = fold(name)
        ancestors = [key[:i] for i, c in enumerate(key) if c == '/']
        if key in folded or any(folded.get(each, 'd') != 'd' for each in ancestors):
            linked = any(folded.get(each) == 'l' for each in [key] + ancestors)
            found.add('LINK' if linked or kind == 'l' else 'COLLISION')
        if kind in 'lh':
            path = target.decode('utf-8', 'surrogateescape')
            if leads_out(path) or path not in files:
                found.add('LINK')
        elif kind in 'cbps':
            found.add('SPECIAL_FILE')
        elif mode & 0o6002 or not mode & 0o600:
            found.add('PERMISSIONS')
        if kind == '-':
            files.add(name)
        folded[key] = 'l' if kind in 'lh' else 'd' if kind == 'd' else '-'
    return found
