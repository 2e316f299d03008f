"""Independent readers: Python's own, and the programs that Debian has. Each lists what it finds."""
import base64
import bz2
import gzip
import hashlib
import lzma
import os
import re
import stat
import struct
import subprocess
import tarfile
import zipfile
import zlib

ENV = dict(os.environ, LC_ALL='C.UTF-8')


def call(*command, stdin=None, limit=1 << 20):
    """The exit code and the beginning of the output."""
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          env=ENV) as process:
        output = process.stdout.read(limit)
        more = process.stdout.read(1)
        if more:
            process.kill()
        try:
            return process.wait(10), output
        except subprocess.TimeoutExpired:
            process.kill()
            return -1, output


def zip_entries(path):
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            name = info.orig_filename.encode('utf-8' if info.flag_bits & 0x800 else 'cp437')
            mode = info.external_attr >> 16
            kind = stat.filemode(mode)[0].replace('?', '-')
            target = archive.read(info) if kind == 'l' else b''
            yield kind, name, target, mode


def tar_entries(path):
    kinds = {b'1': 'h', b'2': 'l', b'3': 'c', b'4': 'b', b'5': 'd', b'6': 'p'}
    with tarfile.open(path) as archive:
        for member in archive:
            mode = member.mode
            if member.uid == 0 or any(key.startswith('SCHILY') for key in member.pax_headers):
                mode |= 0o4000
            name, target = (text.encode('utf-8', 'surrogateescape') for text in (member.name, member.linkname))
            yield kinds.get(member.type, '-'), name, target, mode


def bsdtar_entries(path):
    """For names without line breaks."""
    for line in call('bsdtar', '-tvf', path)[1].splitlines():
        fields = line.split(None, 8)
        if len(fields) < 9:
            continue
        name, _, target = fields[8].partition(b' -> ')
        if b' link to ' in name:
            name, _, target = name.partition(b' link to ')
        text = fields[0].decode()
        kind = 'h' if target and text[0] != 'l' else text[0]
        mode = sum(0o400 >> i for i, c in enumerate(text[1:10]) if c not in '-ST')
        mode |= (0o4000 if text[3] in 'sS' else 0) | (0o2000 if text[6] in 'sS' else 0)
        yield kind, name, target, mode


def deb_entries(path):
    """Of both archives, those that dpkg-deb hands out."""
    for part in ('--fsys-tarfile', '--ctrl-tarfile'):
        with open('/work/part.tar', 'wb') as file:
            file.write(call('dpkg-deb', part, path)[1])
        for kind, name, target, mode in tar_entries('/work/part.tar'):
            # Names of both begin with a dot and a slash.
            yield kind, name[2:] if name[:2] == b'./' else name, target, mode


def ar_entries(path):
    """Names only: there are no links."""
    return [('-', name, b'', 0o644) for name in call('ar', 't', path)[1].splitlines()]


def entries(path):
    reader = {'zip': zip_entries, 'jar': zip_entries, 'tar': tar_entries, 'tar.gz': tar_entries, 'deb': deb_entries, 'a': ar_entries}
    return list(reader.get(extension(path), bsdtar_entries)(path))


def extension(path):
    return os.path.basename(path).split('.', 1)[1]


TESTERS = {
    'zip': [['unzip', '-tqq', '-P', 'x'], ['bsdtar', '-xOf'], ['7z', 't', '-pinfected']],
    'jar': [['unzip', '-tqq', '-P', 'x']],
    'tar': [['tar', '-xOf'], ['bsdtar', '-xOf'], ['7z', 't']],
    'gz': [['gzip', '-t'], ['bsdcat'], ['7z', 't']],
    'tar.gz': [['gzip', '-t'], ['7z', 't']],
    'bz2': [['bzip2', '-t'], ['bsdcat'], ['7z', 't']],
    'xz': [['xz', '-t'], ['xz', '-l'], ['7z', 't']],
    'zst': [['zstd', '-tq'], ['bsdcat']],
    '7z': [['7z', 't', '-pinfected'], ['bsdtar', '-xOf']],
    'cpio': [['bsdtar', '-xOf'], ['7z', 't']],
    'a': [['ar', 't'], ['bsdtar', '-xOf'], ['7z', 't']],
    'deb': [['dpkg-deb', '-c'], ['dpkg-deb', '-I']],
}


def complaints(path):
    """The programs that refuse the file."""
    refused = ['python'] if attempt(python_test, path) else []
    for command in TESTERS[extension(path)]:
        code, output = call(*command, path)
        if code != 0 or b'Warnings: ' in output:
            refused.append(command[0])
    return refused


def python_test(path):
    """Anything but nothing is a complaint."""
    if extension(path) in ('zip', 'jar'):
        with zipfile.ZipFile(path) as archive:
            return archive.testzip()
    if extension(path) == 'tar':
        with tarfile.open(path) as archive:
            archive.getmembers()
    return None


def views(path):
    """What several readers see, each as one value. If the values differ, the file is ambiguous."""
    kind = extension(path)
    if kind in ('zip', 'jar'):
        found = [attempt(zip_view, path), attempt(local_view, path), attempt(counted_view, path), lines(call('zipinfo', '-1', path)[1]),
                 lines(call('bsdtar', '-tf', path)[1])]
        return [view for view in found if view is not None]
    if kind == 'tar':
        return [attempt(tar_view, path), long_lines(call('tar', '-tvf', path)[1]), long_lines(call('tar', '-tvif', path)[1]),
                attempt(first_record_view, path)]
    if kind in ('gz', 'bz2', 'xz', 'zst'):
        return [attempt(all_streams, path), attempt(first_stream, path)]
    # The names in the archive around it, and their number if each counts once.
    names = lines(call('bsdtar', '-tf', path)[1])
    return [names, sorted(set(names))]


def contents(path):
    """What comes out, also of an archive in the archive, and with the usual password."""
    extracted = b''
    for command in (['7z', 'x', '-so', '-pinfected'], ['bsdtar', '-xOf'], ['zstd', '-dcq'], ['ar', 'p']):
        extracted += call(*command, path)[1]
    if extracted[:2] == b'PK':
        with open('/work/inner.zip', 'wb') as file:
            file.write(extracted[:extracted.rindex(b'PK\5\6') + 22] if extracted.count(b'PK\5\6') == 1 else extracted)
        extracted += call('bsdtar', '-xOf', '/work/inner.zip')[1]
    return extracted


def overlaps(path):
    """Whether the data of two entries, or of one and the central directory, share bytes."""
    with zipfile.ZipFile(path) as archive:
        spans = sorted((info.header_offset, info.header_offset + 30 + info.compress_size) for info in archive.infolist())
        spans.append((archive.start_dir, archive.start_dir + 1))
    return any(end > start for (_, end), (start, _) in zip(spans, spans[1:]))


def stored_name(path):
    """Of a file that gzip packed, as 7-Zip shows it."""
    match = re.search(rb'\n----------\nPath = (.*)\n', call('7z', 'l', '-slt', path)[1])
    with open(path, 'rb') as file:
        flags = file.read(4)[3:]
    if flags != b'\x08':
        return b'none'
    with open(path, 'rb') as file:
        header = file.read()
    return match.group(1) if match else header[10:header.index(b'\0', 10)]


def is_followed(path):
    """Whether anything but zeros follows the end of an archive, or zeros follow that of a zip."""
    with open(path, 'rb') as file:
        data = file.read()
    if extension(path) == 'tar':
        end = data.find(b'\0' * 1024, 1024)
        return bool(data[end:].strip(b'\0'))
    if extension(path) in ('zip', 'jar'):
        end = data.rindex(b'PK\5\6')
        return end + 22 + struct.unpack('<H', data[end + 20:end + 22])[0] < len(data)
    return False


def selectors(data):
    """How many selectors the first block of bzip2 states, at most 18,002."""
    bits = ''.join('{:08b}'.format(byte) for byte in data[:100])
    at = (4 + 6 + 4) * 8 + 1 + 24
    at += 16 + 16 * bits[at:at + 16].count('1') + 3
    return int(bits[at:at + 15], 2)


def longest_header(path):
    """The largest header of records in a tar archive."""
    if extension(path) != 'tar':
        return 0
    with open(path, 'rb') as file:
        header = file.read(512)
    return int(header[124:135] or b'0', 8) if header[156:157] == b'x' else 0


def actions(path):
    """What would be run or fetched."""
    if extension(path) == 'deb':
        names = [name for _, name, _, _ in deb_entries(path)]
        return {'ACTIVE_CONTENT'} if b'postinst' in names else set()
    with zipfile.ZipFile(path) as archive:
        manifest = archive.read('META-INF/MANIFEST.MF')
        names = archive.namelist()
    found = {'ACTIVE_CONTENT'} if b'Launcher-Agent-Class: ' in manifest else set()
    if re.search(rb'Class-Path: http', manifest):
        found.add('EXTERNAL_REFERENCE')
    if b'Multi-Release: true' in manifest and any(name.startswith('META-INF/versions/') for name in names):
        found.add('AMBIGUITY')
    if any(len(line) > 72 or b'\0' in line for line in manifest.split(b'\r\n')):
        found.add('MALFORMED')
    digest = re.search(rb'Name: (.*)\r\nSHA-256-Digest: (.*)\r\n', manifest)
    if digest:
        with zipfile.ZipFile(path) as archive:
            actual = base64.b64encode(hashlib.sha256(archive.read(digest.group(1).decode())).digest())
        found |= {'WRONG_CHECKSUM'} if actual != digest.group(2) else set()
    if names[0] != 'META-INF/MANIFEST.MF':
        found.add('AMBIGUITY')
    return found


def attempt(reader, path):
    try:
        return reader(path)
    except Exception as error:
        return type(error).__name__


def lines(output):
    return sorted(output.decode('utf-8', 'replace').split('\n')[:-1])


def long_lines(output):
    """Type and name of each line of tar -tv."""
    return sorted((line[:1], re.split(r' \d\d:\d\d ', line, 1)[-1].split(' -> ')[0])
                  for line in output.decode('utf-8', 'replace').splitlines())


def zip_view(path):
    with zipfile.ZipFile(path) as archive:
        damaged = ['damaged'] if archive.testzip() else []
        return sorted([info.filename for info in archive.infolist()] + damaged)


def counted_view(path):
    """As many entries of the central directory as the end states."""
    with open(path, 'rb') as file:
        data = file.read()
    end = data.rindex(b'PK\5\6')
    count, _, at = struct.unpack('<HII', data[end + 10:end + 20])
    names = []
    for _ in range(count):
        name, extra, comment = struct.unpack('<HHH', data[at + 28:at + 34])
        names.append(data[at + 46:at + 46 + name].decode('utf-8', 'replace'))
        at += 46 + name + extra + comment
    return sorted(names)


def local_view(path):
    """From the beginning, header by header, as a reader of a stream does it."""
    with open(path, 'rb') as file:
        data = file.read()
    names, at = [], 0
    while data[at:at + 4] == b'PK\3\4':
        flags, method, _, _, crc, packed, size, name, extra = struct.unpack('<HHHHIIIHH', data[at + 6:at + 30])
        body = at + 30 + name + extra
        content = data[body:body + packed]
        if method == 8:
            content = zlib.decompressobj(-15).decompress(content, 1 << 20)
        if zlib.crc32(content) != crc and size < 1 << 20:
            names.append('damaged')
        names.append(data[at + 30:at + 30 + name].decode('utf-8', 'replace'))
        at = body + packed
    return sorted(names)


def tar_view(path):
    kinds = {b'0': '-', b'1': 'h', b'2': 'l', b'5': 'd'}
    with tarfile.open(path) as archive:
        return sorted((kinds.get(member.type, '?'), member.name + ('/' if member.isdir() else '')) for member in archive)


def first_record_view(path):
    """Of several names for an entry, it takes the first; it knows no sizes but those in headers."""
    kinds = {'0': '-', '1': 'h', '2': 'l', '5': 'd', '\0': '-'}
    with open(path, 'rb') as file:
        data = file.read()
    found, at, name = [], 0, None
    while at + 512 <= len(data) and data[at]:
        header = data[at:at + 512]
        size = int(header[124:135], 8)
        body = data[at + 512:at + 512 + size]
        kind = chr(header[156])
        if kind == 'x':
            match = re.search(rb'\d+ path=([^\n]*)\n', body)
            name = name or (match and match.group(1))
        elif kind == 'L':
            name = name or body.rstrip(b'\0')
        else:
            name = name or header[:100].split(b'\0')[0]
            found.append((kinds.get(kind, kind), name.decode() + ('/' if kind == '5' and name[-1:] != b'/' else '')))
            name = None
        at += 512 + (size + 511) // 512 * 512
    return sorted(found)


def all_streams(path):
    opener = {'gz': gzip.open, 'bz2': bz2.open, 'xz': lzma.open}.get(extension(path))
    if opener is None:
        code, output = call('zstd', '-dcq', path)
        return (code, len(output), False)
    with opener(path) as file:
        return (0, len(file.read(1 << 20)), False)


def first_stream(path):
    with open(path, 'rb') as file:
        data = file.read()
    maker = {'gz': lambda: zlib.decompressobj(31), 'bz2': bz2.BZ2Decompressor, 'xz': lzma.LZMADecompressor}
    make = maker.get(extension(path))
    if make is not None:
        stream = make()
        size = len(stream.decompress(data, 1 << 20))
        return (0, size, bool(stream.unused_data.strip(b'\0')))
    # A frame of Zstandard with one block that is copied: the header has 10 bytes.
    return (0, struct.unpack('<I', data[10:13] + b'\0')[0] >> 3, False)
