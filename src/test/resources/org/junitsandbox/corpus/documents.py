"""Examines documents, data and media, as examine.py does archives: each format in a file of its own, which has readers, a
handler that trusts its files and one that does not."""
import os
import sys

import doc_cert
import doc_csv
import doc_font
import doc_html
import doc_json
import doc_mail
import doc_media
import doc_office
import doc_pdf
import doc_sqlite
import doc_xml
import doc_yaml
from guard import guarded
from tools import DAMAGED, FAILED

MODULES = {'xml': doc_xml, 'json': doc_json, 'yaml': doc_yaml, 'csv': doc_csv, 'pdf': doc_pdf, 'docx': doc_office,
           'xlsx': doc_office, 'odt': doc_office, 'ods': doc_office, 'html': doc_html, 'eml': doc_mail,
           'm3u8': doc_media, 'mp4': doc_media, 'wav': doc_media, 'avi': doc_media, 'sqlite': doc_sqlite,
           'pem': doc_cert, 'ttf': doc_font}


def complaints(module, attack, path):
    found = module.complaints(path)
    if attack == 'TWIN' and found:
        # Nothing is wrong with a twin: the cause has to be known.
        print(path, found, FAILED, file=sys.stderr)
    return found


def main():
    for line in sys.stdin:
        attack, path = line.split()
        module = MODULES[path.rsplit('.', 1)[1]]
        found, refusing, verdict = guarded(
            (module.claims, attack, path),
            (complaints, module, attack, path) if attack in DAMAGED | {'TWIN'} else None,
            (module.check, path))
        fallen = guarded((module.fall, attack, path))
        print('\t'.join([os.path.basename(path), found, refusing, *fallen, verdict]), flush=True)


main()
