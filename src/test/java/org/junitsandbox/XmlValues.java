package org.junitsandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The texts in an XML document. Its elements are found by their names, without their namespace. */
final class XmlValues {

    private final Document document;

    private XmlValues(Document document) {
        this.document = document;
    }

    static XmlValues of(String text) {
        try {
            return new XmlValues(DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(text))));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError("Not XML:\n" + text, e);
        }
    }

    static XmlValues of(Path file) throws IOException {
        return of(Files.readString(file));
    }

    /** Returns the text at an XPath, which must not be blank, without the white space around it. */
    String at(String path) {
        try {
            String text = XPathFactory.newInstance().newXPath().evaluate(path, document);
            assertThat(text).as("text of %s", path).isNotBlank();
            return text.strip();
        } catch (XPathExpressionException e) {
            throw new IllegalArgumentException(path, e);
        }
    }
}
