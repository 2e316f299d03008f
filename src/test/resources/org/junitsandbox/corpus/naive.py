"""A handler that trusts its files. Each function returns the proofs that it fell for an attack."""
import os
import re
import shutil
import signal
import stat
import subprocess
import unicodedata
from urllib.parse import unquote

import policy
import readers
from tools import cost

BASE = '/work/naive'
OUT = BASE + '/a/b/out'
SECRET = BASE + '/a/b/secret.txt'
MANY = 1000
LARGE = 32 << 20


def prepare():
    shutil.rmtree(BASE, ignore_errors=True)
    for name in os.listdir('/tmp'):
        path = '/tmp/' + name
        shutil.rmtree(path) if os.path.isdir(path) and not os.path.islink(path) else os.unlink(path)
    os.makedirs(OUT)
    with open(SECRET, 'w') as file:
        file.write('secret')


def outside():
    found = set(os.listdir('/tmp'))
    for directory, names, files in os.walk(BASE):
        if directory.startswith(OUT):
            continue
        found |= {os.path.join(directory, name) for name in names + files}
    return found - {BASE + '/a', BASE + '/a/b', OUT, SECRET}


def unpack(path):
    """Writes each entry to where its name leads, with the rights that it has."""
    prepare()
    proofs = set()
    entries = readers.entries(path)
    if not entries:
        raise ValueError('no entries')
    names = {}
    for number, (kind, raw, target, mode) in enumerate(entries):
        try:
            name = raw.decode('utf-8')
        except UnicodeDecodeError:
            proofs.add('ENCODING')
            name = raw.decode('latin-1')
        names[policy.fold(name)] = raw
        proofs |= decoded(name)
        try:
            write(kind, name.split('\0')[0], target, mode)
        except PermissionError:
            proofs.add('SPECIAL_FILE' if kind in 'cb' else 'PERMISSIONS')
        except OSError as error:
            # Another file system, or the kernel, was in the way.
            proofs.add('LINK' if kind == 'h' and policy.leads_out(target.decode()) else 'LONG_NAME' if error.errno == 36 else 'COLLISION')
        proofs |= listed(name.split('\0')[0]) if number < 10 else set()
    if len(names) < len(entries):
        proofs.add('COLLISION')
    if len(entries) > MANY or readers.longest_header(path) > 1 << 20:
        proofs.add('MANY_ENTRIES')
    return proofs | looked_at()


def decoded(name):
    """It decodes names after it has checked them, and runs on any system."""
    proofs = set()
    for check in (name, unquote(name), name.replace('../', ''), unicodedata.normalize('NFKC', name)):
        if policy.leads_out(check):
            proofs.add('TRAVERSAL')
    if '\0' in name:
        proofs.add('ENCODING')
    if re.search('[\xc0\xc1]', name):
        proofs.add('TRAVERSAL')
    if re.match(r'(.*/)?(con|aux|nul|com.)(\.|$)', name, re.I) or ':' in name:
        proofs.add('SPECIAL_FILE')
    return proofs


def write(kind, name, target, mode):
    path = os.path.join(OUT, name)
    os.makedirs(os.path.dirname(path.rstrip('/')), exist_ok=True)
    if kind == 'd' or path.endswith('/'):
        os.makedirs(path, exist_ok=True)
        os.chmod(path, mode & 0o7777)
    elif kind == 'l':
        if os.path.isdir(path):
            os.rmdir(path)
        os.symlink(target, path.encode())
    elif kind == 'h':
        os.link(os.path.join(OUT.encode(), target), path.encode(), follow_symlinks=False)
    elif kind == 'p':
        os.mkfifo(path)
    elif kind in 'cb':
        os.mknod(path, mode & 0o777 | (stat.S_IFCHR if kind == 'c' else stat.S_IFBLK), os.makedev(1, 3))
    else:
        with open(path, 'wb') as file:
            file.write(b'content')
        os.chmod(path, mode & 0o7777)


def listed(name):
    """It puts the name into a command for a shell, and the output into a terminal."""
    result = subprocess.run('ls -d ' + name[:100], shell=True, cwd=OUT, capture_output=True)
    output = result.stdout.decode('utf-8', 'replace').rstrip('\n')
    if result.returncode != 0 and os.path.lexists(os.path.join(OUT, name)) or re.search('[\x00-\x1f]', output):
        return {'INJECTION'}
    return set()


def looked_at():
    proofs = {'TRAVERSAL', 'LINK'} if outside() else set()
    with open(SECRET) as file:
        if file.read() != 'secret':
            proofs.add('LINK')
    for directory, names, files in os.walk(OUT):
        for path in (os.path.join(directory, name) for name in names + files):
            if os.path.islink(path):
                real = os.path.realpath(path)
                if not real.startswith(OUT + '/') or not os.path.isfile(real):
                    proofs.add('LINK')
                continue
            status = os.lstat(path)
            if status.st_ino == os.lstat(SECRET).st_ino:
                proofs.add('LINK')
            if not os.path.isfile(path) and not os.path.isdir(path):
                proofs.add('SPECIAL_FILE')
            if status.st_mode & 0o6002 or not status.st_mode & 0o600:
                proofs.add('PERMISSIONS')
            os.chmod(path, 0o700)
    return proofs


def expanded_size(path):
    """Unpacks all that there is. It stops here only so that the machine of the test lives on."""
    tool = {'gz': 'gzip', 'bz2': 'bzip2', 'xz': 'xz', 'zst': 'zstd'}.get(readers.extension(path))
    commands = [[tool, '-dcq', path]] if tool else [['bsdtar', '-xOf', path], ['7z', 'x', '-so', path]]
    if readers.extension(path) == 'deb':
        commands = [['dpkg-deb', '--fsys-tarfile', path]]
    if os.path.basename(path) in ('zip-bomb-nested.zip', 'gzip-bomb-twice.gz'):
        return layered_size(path)
    return max(len(readers.call(*each, limit=LARGE + 1)[1]) for each in commands)


def layered_size(path):
    """It unpacks the first archive of each archive; there are many more."""
    size, current = 0, path
    for level in range(7):
        command = ['gzip', '-dcq', current] if path.endswith('.gz') else ['bsdtar', '-xOf', current, '00.zip']
        code, output = readers.call(*command, limit=LARGE + 1)
        if not output and not path.endswith('.gz'):
            output = readers.call('bsdtar', '-xOf', current, limit=LARGE + 1)[1]
            # Sixteen of each on five levels.
            return len(output) * 16 ** 5
        if len(output) > LARGE:
            return len(output)
        current = '/work/layer-%d' % level
        with open(current, 'wb') as file:
            file.write(output)
    return size


def trust(attack, path):
    """It takes whatever comes out, and no error for an answer."""
    tool = {'gz': 'gzip', 'bz2': 'bzip2', 'xz': 'xz', 'zst': 'zstd'}.get(readers.extension(path))
    readers.call(*([tool, '-dcq', path] if tool else ['bsdtar', '-xOf', path]))
    return {attack}


def install(path):
    """It runs what is to be run when a package is installed; a launcher of Java would load the agent."""
    if readers.extension(path) == 'jar':
        return readers.actions(path)
    prepare()
    subprocess.run('dpkg-deb -e %s control && sh control/postinst' % path, shell=True, cwd=OUT, stderr=subprocess.DEVNULL)
    return {'ACTIVE_CONTENT'} if os.path.exists('/tmp/escaped.txt') else set()


def restore(name):
    """It gives the unpacked file the name that is stored in it."""
    prepare()
    try:
        write('-', name.decode(), b'', 0o644)
    except OSError:
        return {'LONG_NAME'}
    return looked_at()


def depth(path):
    """It unpacks archives in archives for as long as there are any."""
    levels, current = 0, path
    while levels < 50:
        target = '/work/layer-%d.%s' % (levels % 2, readers.extension(path))
        command = ['gzip', '-dcq', current] if target.endswith('gz') else ['bsdtar', '-xOf', current]
        with open(target, 'wb') as file:
            if subprocess.run(command, stdout=file, stderr=subprocess.DEVNULL).returncode != 0:
                break
        levels, current = levels + 1, target
    return {'NESTING'} if levels > 10 else set()


def matched(text):
    """It looks at text with patterns that people use."""
    def stop(*_):
        raise TimeoutError
    # Far longer than letters without accents.
    ordinary = 'e\u0301' * (len(text) // 2)
    normalize = unicodedata.normalize
    if len(text) > MANY and cost(normalize, 'NFC', text) > 50 * cost(normalize, 'NFC', ordinary):
        return {'COMPLEXITY'}
    signal.signal(signal.SIGVTALRM, stop)
    for pattern in (r'(a+)+$', r'^(a|a)*$', r'\s+$', r'.*.*=.*', r'^[a-z]+@([a-z.]+)+$', text.strip()):
        signal.setitimer(signal.ITIMER_VIRTUAL, 0.5)
        try:
            re.search(pattern, 'a' * 40 + '!' if pattern == text.strip() else text)
        except TimeoutError:
            return {'COMPLEXITY'}
        except (re.error, RecursionError):
            pass
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return set()
