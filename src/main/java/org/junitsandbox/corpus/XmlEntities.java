package org.junitsandbox.corpus;

/** Declarations of entities in XML. */
final class XmlEntities {

    private XmlEntities() {}

    /** Nine layers of entities, each ten times the one below it; the last one is {@code e9}, a billion characters. */
    static String layers() {
        StringBuilder declarations = new StringBuilder("<!ENTITY e0 'x'>");
        for (int layer = 1; layer <= 9; layer++) {
            declarations
                    .append("<!ENTITY e" + layer + " '")
                    .append(("&e" + (layer - 1) + ";").repeat(10))
                    .append("'>");
        }
        return declarations.toString();
    }
}
