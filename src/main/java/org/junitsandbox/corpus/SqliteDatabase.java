package org.junitsandbox.corpus;

import java.util.ArrayList;
import java.util.List;

/** Writes SQLite databases of pages of 512 bytes (Database File Format, sqlite.org/fileformat2.html). */
final class SqliteDatabase {

    static final int PAGE = 512;
    static final int LEAF = 13;
    static final int INNER = 5;

    private static final int HEADER = 100;

    private final List<byte[]> pages = new ArrayList<>();

    private SqliteDatabase() {}

    /** With the table t on page 2. */
    static SqliteDatabase ofTable() {
        return ofSchema("table", "CREATE TABLE t(a)").page(leaf(0, row("harmless")));
    }

    /** With a schema of one entry, and no more pages. */
    static SqliteDatabase ofSchema(String type, String sql) {
        return ofSchema(entry(type, "t", sql));
    }

    static SqliteDatabase ofSchema(byte[]... entries) {
        SqliteDatabase database = new SqliteDatabase();
        database.pages.add(leaf(HEADER, entries));
        return database;
    }

    /** An entry of the schema: a table has its root on page 2. */
    static byte[] entry(String type, String name, String sql) {
        return record(type, name, name, type.equals("table") ? 2 : 0, sql);
    }

    static byte[] row(String text) {
        return record(text);
    }

    private static byte[] record(Object... values) {
        Bytes types = new Bytes();
        Bytes content = new Bytes();
        for (Object value : values) {
            if (value instanceof Integer number) {
                types.raw(1);
                content.big(1, number);
            } else {
                byte[] text = Bytes.utf8((String) value);
                types.raw(number(13 + 2 * text.length));
                content.raw(text);
            }
        }
        return new Bytes()
                .raw(types.size() + 1)
                .raw(types.toArray())
                .raw(content.toArray())
                .toArray();
    }

    /** At most four bytes, of which each has seven bits. */
    private static byte[] number(long value) {
        Bytes out = new Bytes();
        for (int shift = 28; shift > 0; shift -= 7) {
            if (value >> shift > 0) {
                out.raw(((int) (value >> shift) & 0x7f) | 0x80);
            }
        }
        return out.raw((int) value & 0x7f).toArray();
    }

    /** A page of rows, whose first bytes may be the header's. */
    static byte[] leaf(int start, byte[]... rows) {
        Bytes[] cells = new Bytes[rows.length];
        for (int i = 0; i < rows.length; i++) {
            cells[i] = new Bytes().raw(number(rows[i].length)).raw(i + 1).raw(rows[i]);
        }
        return page(start, LEAF, cells);
    }

    /** A row that states a length, and goes on at another page. */
    static byte[] overflowing(long length, int next) {
        return page(
                0,
                LEAF,
                new Bytes()
                        .raw(number(length))
                        .raw(1)
                        .raw(record("x".repeat(40)))
                        .zeros(60)
                        .big(4, next));
    }

    /** A page that has no rows, but another page. */
    static byte[] inner(int child) {
        byte[] page = page(0, INNER);
        return Bytes.patch(page, 8, 4, child);
    }

    private static byte[] page(int start, int type, Bytes... cells) {
        Bytes pointers = new Bytes();
        Bytes content = new Bytes();
        int at = PAGE;
        for (Bytes cell : cells) {
            at -= cell.size();
            pointers.big(2, at);
            content = new Bytes().raw(cell.toArray()).raw(content.toArray());
        }
        Bytes page = new Bytes()
                .zeros(start)
                .raw(type, 0, 0)
                .big(2, cells.length)
                .big(2, at)
                .raw(0)
                .raw(pointers.toArray());
        return page.zeros(at - page.size()).raw(content.toArray()).toArray();
    }

    SqliteDatabase page(byte[] page) {
        pages.add(page);
        return this;
    }

    byte[] toArray() {
        Bytes out = new Bytes();
        pages.forEach(out::raw);
        byte[] header = new Bytes()
                .text("SQLite format 3\0")
                .big(2, PAGE)
                .raw(1, 1, 0, 64, 32, 32)
                .big(4, 1)
                .big(4, pages.size())
                .big(4, 0)
                .big(4, 0)
                .big(4, 1)
                .big(4, 4)
                .big(4, 0)
                .big(4, 0)
                .big(4, 1)
                .zeros(32)
                .big(4, 1)
                .big(4, 3_040_001)
                .toArray();
        byte[] all = out.toArray();
        System.arraycopy(header, 0, all, 0, HEADER);
        return all;
    }
}
