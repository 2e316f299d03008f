"""Prints the text of an XML document, as one of Python's parsers sees it: parsers.py PARSER FILE"""
import sys
import xml.etree.ElementTree
import xml.sax.handler

import defusedxml.ElementTree
import lxml.etree


class Printer(xml.sax.handler.ContentHandler):

    def characters(self, content):
        print(content, end='')


def sax(path, external_entities):
    parser = xml.sax.make_parser()
    parser.setFeature(xml.sax.handler.feature_external_ges, external_entities)
    parser.setContentHandler(Printer())
    parser.parse(path)


def show(tree):
    print(''.join(tree.getroot().itertext()))


PARSERS = {
    'xml.etree': lambda path: show(xml.etree.ElementTree.parse(path)),
    'xml.sax': lambda path: sax(path, False),
    'xml.sax with entities': lambda path: sax(path, True),
    'lxml': lambda path: show(lxml.etree.parse(path)),
    'lxml without entities': lambda path: show(lxml.etree.parse(path, lxml.etree.XMLParser(resolve_entities=False))),
    'lxml huge_tree': lambda path: show(lxml.etree.parse(path, lxml.etree.XMLParser(huge_tree=True))),
    'defusedxml': lambda path: show(defusedxml.ElementTree.parse(path)),
}

PARSERS[sys.argv[1]](sys.argv[2])
