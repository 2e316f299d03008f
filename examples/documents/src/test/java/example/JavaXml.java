package example;

import java.io.File;
import java.io.FileInputStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamReader;
import org.xml.sax.helpers.DefaultHandler;

/** Prints the text of an XML document, as one of the JDK's parsers sees it. */
final class JavaXml {

    private JavaXml() {}

    public static void main(String[] arguments) throws Exception {
        File file = new File(arguments[1]);
        DocumentBuilderFactory dom = DocumentBuilderFactory.newInstance();
        XMLInputFactory stax = XMLInputFactory.newFactory();
        switch (arguments[0]) {
            case "DOM" -> read(dom, file);
            case "DOM, secure processing" -> {
                dom.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
                read(dom, file);
            }
            case "DOM, no DOCTYPE" -> {
                dom.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
                read(dom, file);
            }
            case "SAX" -> SAXParserFactory.newInstance().newSAXParser().parse(file, new Printer());
            case "StAX" -> read(stax, file);
            case "StAX, no DTD" -> {
                stax.setProperty(XMLInputFactory.SUPPORT_DTD, false);
                read(stax, file);
            }
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void read(DocumentBuilderFactory factory, File file) throws Exception {
        System.out.println(
                factory.newDocumentBuilder().parse(file).getDocumentElement().getTextContent());
    }

    private static void read(XMLInputFactory factory, File file) throws Exception {
        try (FileInputStream stream = new FileInputStream(file)) {
            XMLStreamReader reader = factory.createXMLStreamReader(stream);
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamReader.CHARACTERS) {
                    System.out.print(reader.getText());
                }
            }
        }
    }

    private static final class Printer extends DefaultHandler {

        @Override
        public void characters(char[] text, int start, int length) {
            System.out.print(new String(text, start, length));
        }
    }
}
