"""A handler that trusts nothing: it reads every header itself, refuses whatever is not as it should be, and has limits."""
import bz2
import lzma
import re
import struct
import zlib

import policy
import readers

MAX_BYTES = 1 << 20
MAX_ENTRIES = 500


class Refused(Exception):
    pass


def need(condition, reason):
    if not condition:
        raise Refused(reason)


def check(path):
    """Ends normally if the file is harmless."""
    kind = readers.extension(path)
    with open(path, 'rb') as file:
        data = file.read()
    need(data, 'empty')
    need(len(data) < 8 << 20, 'large')
    checks = {'zip': zip_file, 'jar': jar_file, 'tar': tar_file, 'cpio': cpio_file, 'a': ar_file, 'deb': deb_file,
              'gz': packed('gz'), 'bz2': packed('bz2'), 'xz': packed('xz'), 'zst': zstd_file,
              'tar.gz': lambda data: tar_file(packed('gz')(data)), 'txt': text_file, '7z': lambda _: seven_zip_file(path, data)}
    checks[kind](data)


def allowed(entries):
    need(0 < len(entries) <= MAX_ENTRIES, 'number of entries')
    found = policy.of_entries(entries)
    need(not found, 'entries: ' + ' '.join(sorted(found)))


def scan(content):
    need(policy.EICAR not in content, 'infected')
    need(not content.startswith((b'PK', b'7z\xbc\xaf', b'\x1f\x8b')), 'archive in archive')
    need(content[257:262] != b'ustar', 'archive in archive')


def zip_file(data):
    end = data[-22:]
    need(end[:4] == b'PK\5\6' and data[:2] == b'PK', 'no end, or something before or behind the archive')
    count, size, offset, comment = struct.unpack('<HIIH', end[10:22])
    need(comment == 0 and offset + size == len(data) - 22, 'end')
    at, local, entries, total = offset, 0, [], 0
    for _ in range(count):
        need(data[at:at + 4] == b'PK\1\2' and at + 46 <= len(data), 'central header')
        system, flags, method, _, _, crc, packed_size, size, name, extra, comment, _, _, mode, start = struct.unpack(
            '<xBxxHHHHIIIHHHHHII', data[at + 4:at + 46])
        raw = data[at + 46:at + 46 + name]
        need(extra == 0 and comment == 0 and flags in (0, 0x800) and method in (0, 8), 'features')
        need(start == local and data[local:local + 4] == b'PK\3\4', 'gap, or entries that overlap')
        need(data[local + 6:local + 30] == data[at + 8:at + 32] and raw == data[local + 30:local + 30 + name], 'headers differ')
        need(size <= MAX_BYTES and total + size <= MAX_BYTES, 'size')
        body = data[local + 30 + name:local + 30 + name + packed_size]
        content = inflate(body, -15, size) if method == 8 else body
        need(len(content) == size and zlib.crc32(content) == crc, 'damaged')
        scan(content)
        mode >>= 16
        entries.append(({0o04: 'd', 0o12: 'l', 0o10: '-'}.get(mode >> 12, 's'), raw, content, mode))
        total += size
        at += 46 + name
        local += 30 + name + packed_size
    need(at == len(data) - 22 and local == offset, 'end')
    allowed(entries)
    return entries


def inflate(body, bits, limit):
    stream = zlib.decompressobj(bits)
    try:
        content = stream.decompress(body, limit + 1)
    except zlib.error as error:
        raise Refused(error)
    need(stream.eof and not stream.unused_data and len(content) <= limit, 'damaged, large or more behind it')
    return content


def jar_file(data):
    entries = zip_file(data)
    need(entries[0][1] == b'META-INF/MANIFEST.MF', 'manifest')
    manifest = entries[0][2]
    need(all(len(line) <= 72 and b'\0' not in line for line in manifest.split(b'\r\n')), 'line of the manifest')
    need(not re.search(rb'(?i)class-path|agent|multi-release|digest', manifest), 'manifest')


def number(field):
    """Octal digits and nothing else."""
    match = re.fullmatch(rb' *([0-7]+)[ \0]*', field)
    need(match, 'number')
    return int(match.group(1), 8)


def tar_file(data):
    need(len(data) % 512 == 0, 'length')
    at, entries, path, ended = 0, [], None, False
    while at < len(data):
        header = data[at:at + 512]
        at += 512
        if not any(header):
            ended = True
            continue
        need(not ended, 'something behind the end')
        total = sum(header[:148]) + 8 * 32 + sum(header[156:])
        need(total == number(header[148:156]), 'checksum')
        size, kind = number(header[124:136]), chr(header[156])
        need(size <= MAX_BYTES and at + (size + 511) // 512 * 512 <= len(data), 'size')
        body = data[at:at + size]
        at += (size + 511) // 512 * 512
        scan(body)
        if kind in 'xL':
            need(path is None and size < 1 << 16, 'header')
            path = pax_path(body) if kind == 'x' else body[:-1]
            continue
        need(kind in '0125' and (kind == '0' or size == 0), 'type')
        name, prefix = header[:100].split(b'\0')[0], header[345:500].rstrip(b'\0')
        need(not prefix, 'prefix')
        need(header[:100].rstrip(b'\0') == name and number(header[108:116]) != 0, 'name or owner')
        need(path is None or policy.leads_out(name.decode('latin-1')) is False, 'name')
        need(kind == '5' or name[-1:] != b'/', 'name')
        target = header[157:257].rstrip(b'\0')
        entries.append(({'0': '-', '1': 'h', '2': 'l', '5': 'd'}.get(kind, 's'), path or name, target, number(header[100:108])))
        path = None
    need(ended and path is None, 'no end')
    allowed(entries)


def pax_path(body):
    path = None
    while body:
        length, space, _ = body.partition(b' ')
        need(space and length.isdigit() and len(length) < 6, 'record')
        record = body[len(length) + 1:int(length)]
        key, equals, value = record[:-1].partition(b'=')
        need(0 < int(length) <= len(body) and record[-1:] == b'\n' and equals, 'record')
        need(key == b'path' and len(value) < 100 or re.fullmatch(rb'mtime=\d{1,12}(\.\d+)?', record[:-1]), 'record')
        if key == b'path':
            need(path is None, 'two paths')
            path = value
        body = body[int(length):]
    return path


def cpio_file(data):
    at, entries = 0, []
    while True:
        need(data[at:at + 6] == b'070701' and at + 110 <= len(data), 'header')
        fields = [int(data[at + 6 + 8 * i:at + 14 + 8 * i], 16) for i in range(13)]
        mode, size, length = fields[1], fields[6], fields[11]
        name = data[at + 110:at + 110 + length]
        need(0 < length < 5000 and name[-1:] == b'\0' and size <= MAX_BYTES, 'name')
        at += (110 + length + 3) // 4 * 4
        content = data[at:at + size]
        need(len(content) == size, 'size')
        at += (size + 3) // 4 * 4
        if name == b'TRAILER!!!\0':
            break
        kind = {0o04: 'd', 0o12: 'l', 0o10: '-'}.get(mode >> 12, 's')
        entries.append((kind, name[:-1], content if kind == 'l' else b'', mode))
    need(at == len(data), 'something behind the end')
    allowed(entries)


def ar_members(data):
    need(data[:8] == b'!<arch>\n', 'magic')
    at, members = 8, []
    while at < len(data):
        header = data[at:at + 60]
        need(len(header) == 60 and header[58:] == b'`\n' and re.fullmatch(rb'\d+ *', header[48:58]), 'header')
        size = int(header[48:58])
        name = header[:16].rstrip()
        need(re.fullmatch(rb'[a-z.-]+/?', name) and at + 60 + size <= len(data), 'name or size')
        members.append((name.rstrip(b'/'), data[at + 60:at + 60 + size]))
        at += 60 + size + size % 2
    return members


def ar_file(data):
    members = ar_members(data)
    for _, content in members:
        scan(content)
    allowed([('-', name, b'', 0o100644) for name, _ in members])


def deb_file(data):
    members = ar_members(data)
    need([name for name, _ in members] == [b'debian-binary', b'control.tar.gz', b'data.tar.gz'], 'members')
    need(members[0][1] == b'2.0\n', 'version')
    for _, content in members[1:]:
        tar = packed('gz')(content)
        tar_file(tar)
        need(b'postinst' not in tar, 'script')


def packed(kind):
    def check(data):
        if kind == 'gz':
            need(data[3] == 0 and len(data) > 3, 'fields in the header')
            content = inflate(data, 31, MAX_BYTES)
        else:
            need(kind != 'bz2' or len(data) > 40 and readers.selectors(data) <= 18002, 'selectors')
            stream = bz2.BZ2Decompressor() if kind == 'bz2' else lzma.LZMADecompressor(memlimit=64 << 20)
            try:
                content = stream.decompress(data, MAX_BYTES)
            except (OSError, ValueError, lzma.LZMAError) as error:
                raise Refused(error)
            need(stream.eof and not stream.unused_data, 'damaged, large or more behind it')
        need(content, 'empty')
        if content[257:262] != b'ustar':
            scan(content)
        return content
    return check


def zstd_file(data):
    """It asks the usual program, with limits, and takes only one frame that states its size."""
    need(len(data) > 10 and data[:4] == b'\x28\xb5\x2f\xfd' and data[4] == 0x80, 'header')
    size = struct.unpack('<I', data[6:10])[0]
    code, content = zstd(data)
    need(code == 0 and 0 < size <= MAX_BYTES and len(content) == size, 'damaged, empty or large')
    scan(content)


def zstd(data):
    with open('/work/frame.zst', 'wb') as file:
        file.write(data)
    return readers.call('zstd', '-dcq', '-M64MiB', '/work/frame.zst', limit=MAX_BYTES)


def seven_zip_file(path, data):
    """It checks the start header itself, and asks two programs for the rest."""
    need(data[:6] == b'7z\xbc\xaf\x27\x1c' and len(data) > 32, 'magic')
    crc, offset, size = struct.unpack('<IQQ', data[8:28])
    need(zlib.crc32(data[12:32]) == crc and 32 + offset + size == len(data), 'start header')
    need(readers.call('7z', 't', '-p', path)[0] == 0, 'damaged or encrypted')
    code, content = readers.call('7z', 'x', '-so', path, limit=MAX_BYTES)
    need(code == 0 and len(content) < MAX_BYTES, 'large')
    scan(content)
    code, listing = readers.call('7z', 'l', '-slt', path)
    need(code == 0 and set(re.findall(rb'Method = (.*)\n', listing)) <= {b'', b'Copy'}, 'method')
    allowed(readers.entries(path))


def text_file(data):
    need(len(data) < 1 << 16, 'large')
    try:
        text = data.decode('utf-8')
    except UnicodeDecodeError as error:
        raise Refused(error)
    scan(data)
    need(all(len(line) < 1000 for line in text.split('\n')), 'line')
    need(not re.search('[^\n\x20-\x7e]|[ax. ]{20}|[+*)]{3}', text), 'characters')
    need(re.match('[A-Z][a-z]', text), 'type')


def upload_name(raw):
    need(re.fullmatch(rb'[a-z][a-z0-9-]{0,60}\.(jpg|png)', raw) and not policy.of_name(raw), 'name')
