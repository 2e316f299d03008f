package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.ACTIVE_CONTENT;
import static org.junitsandbox.corpus.Attack.BOMB;
import static org.junitsandbox.corpus.Attack.COMPLEXITY;
import static org.junitsandbox.corpus.Attack.EMPTY;
import static org.junitsandbox.corpus.Attack.EXTERNAL_REFERENCE;
import static org.junitsandbox.corpus.Attack.HUGE_PROMISE;
import static org.junitsandbox.corpus.Attack.INJECTION;
import static org.junitsandbox.corpus.Attack.LOOP;
import static org.junitsandbox.corpus.Attack.MALFORMED;
import static org.junitsandbox.corpus.Attack.TRUNCATED;
import static org.junitsandbox.corpus.Attack.WRONG_SIZE;

import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** SQLite databases with pages that lead back, sizes that are not true, and a schema that runs. */
final class SqliteFiles {

    private static final byte[] TWIN = SqliteDatabase.ofTable().toArray();
    private static final Family SQLITE = Family.of(Format.SQLITE, Content.of(TWIN));
    private static final String FORMAT = "SQLite Database File Format section ";
    private static final long MAX = 0xffff_ffffL;

    private SqliteFiles() {}

    static Stream<HostileFile> files() {
        return Stream.of(loops(), sizes(), promises(), errors(), schemas(), ends())
                .flatMap(all -> all);
    }

    private static HostileFile of(
            Attack attack, String variant, String description, String section, Supplier<byte[]> maker) {
        return SQLITE.file(attack, variant, description, FORMAT + section, Content.of(maker));
    }

    private static HostileFile patched(
            Attack attack, String variant, String description, String section, int offset, int width, long value) {
        return of(
                attack,
                variant,
                description,
                section,
                () -> Bytes.patch(TWIN.clone(), offset, width, value));
    }

    private static SqliteDatabase table() {
        return SqliteDatabase.ofSchema("table", "CREATE TABLE t(a)");
    }

    private static Stream<HostileFile> loops() {
        byte[] trunk = new Bytes().big(4, 3).zeros(SqliteDatabase.PAGE - 4).toArray();
        return Stream.of(
                of(LOOP, "free-pages", "A page of the list of free pages is its own successor.", "1.5", () -> {
                    byte[] database = SqliteDatabase.ofTable().page(trunk).toArray();
                    return Bytes.patch(Bytes.patch(database, 32, 4, 3), 36, 4, 9);
                }),
                of(LOOP, "tree", "A page of a tree is its own child.", "1.6", () -> table()
                        .page(SqliteDatabase.inner(2))
                        .toArray()),
                of(LOOP, "two-trees", "Two pages of a tree are each other's children.", "1.6", () -> table()
                        .page(SqliteDatabase.inner(3))
                        .page(SqliteDatabase.inner(2))
                        .toArray()),
                of(LOOP, "overflow", "A row goes on at a page that goes on at itself.", "1.6.3", () -> table()
                        .page(SqliteDatabase.overflowing(100_000_000, 3))
                        .page(trunk)
                        .toArray()),
                of(LOOP, "schema", "The schema's page is a child of the table.", "1.6", () -> table()
                        .page(SqliteDatabase.inner(1))
                        .toArray()));
    }

    private static Stream<HostileFile> sizes() {
        return Stream.of(
                patched(
                        EXTERNAL_REFERENCE,
                        "write-ahead-log",
                        "A write-ahead log is in use: rows come from a file of this name with -wal, if there is one.",
                        "1.3.3 and section 4",
                        18,
                        2,
                        0x0202),
                patched(WRONG_SIZE, "page-size", "Pages of 65,536 bytes in a file of 1,024.", "1.3.2", 16, 2, 1),
                patched(WRONG_SIZE, "page-size-zero", "Pages of no bytes.", "1.3.2", 16, 2, 0),
                patched(WRONG_SIZE, "page-size-odd", "Pages of 513 bytes.", "1.3.2", 16, 2, 513),
                patched(WRONG_SIZE, "reserved", "Of each page, 255 bytes are reserved: too many.", "1.3.4", 20, 1, 255),
                patched(WRONG_SIZE, "page-count", "More pages than the file has.", "1.3.7", 28, 4, 9));
    }

    private static Stream<HostileFile> promises() {
        return Stream.of(
                patched(HUGE_PROMISE, "page-count", "4,294,967,295 pages.", "1.3.7", 28, 4, MAX),
                of(HUGE_PROMISE, "free-page-leaves", "A page lists 2,147,483,647 free pages.", "1.5", () -> {
                    byte[] trunk = new Bytes()
                            .zeros(4)
                            .big(4, 0x7fffffff)
                            .zeros(SqliteDatabase.PAGE - 8)
                            .toArray();
                    byte[] database = SqliteDatabase.ofTable().page(trunk).toArray();
                    return Bytes.patch(Bytes.patch(database, 32, 4, 3), 36, 4, 1);
                }),
                of(HUGE_PROMISE, "row", "A row states 2 GiB, and goes on nowhere.", "1.6", () -> table()
                        .page(SqliteDatabase.overflowing(0x7fffffff, 0))
                        .toArray()));
    }

    private static Stream<HostileFile> errors() {
        int second = SqliteDatabase.PAGE;
        return Stream.of(
                patched(MALFORMED, "magic", "The first bytes are not those of the format.", "1.3.1", 0, 4, 0x53514c00),
                patched(MALFORMED, "cells", "A page states 65,535 rows.", "1.6", second + 3, 2, 0xffff),
                patched(MALFORMED, "cell-offset", "A row is outside of its page.", "1.6", second + 8, 2, 0xfff0),
                patched(MALFORMED, "cell-in-head", "A row is in the head of its page.", "1.6", second + 8, 2, 0),
                patched(MALFORMED, "free-block", "A free block is outside of its page.", "1.6", second + 1, 2, 0xfff0),
                patched(MALFORMED, "page-type", "A page has an unknown type.", "1.6", second, 1, 7),
                patched(MALFORMED, "encoding", "The text encoding has the number 9.", "1.3.13", 56, 4, 9),
                patched(MALFORMED, "schema-format", "The schema has the format 99.", "1.3.10", 44, 4, 99),
                of(MALFORMED, "root", "The table's root is behind the end of the file.", "2.6", () -> table()
                        .toArray()),
                of(
                        MALFORMED,
                        "sql",
                        "The schema is no valid SQL.",
                        "2.6",
                        () -> SqliteDatabase.ofSchema("table", "CREATE TABLE t(")
                                .page(SqliteDatabase.leaf(0, SqliteDatabase.row("a")))
                                .toArray()));
    }

    private static HostileFile view(
            Attack attack, String variant, String description, String reference, String select) {
        return SQLITE.file(
                attack,
                variant,
                description,
                reference,
                Content.of(() -> SqliteDatabase.ofSchema("view", "CREATE VIEW t AS " + select)
                        .toArray()));
    }

    private static Stream<HostileFile> schemas() {
        String schema = FORMAT + "2.6";
        return Stream.of(
                view(
                        ACTIVE_CONTENT,
                        "view-function",
                        "What is asked as a table is a view, which calls a function of the program: it starts others.",
                        "CWE-829, " + schema,
                        "SELECT system('true hostile') AS a"),
                view(LOOP, "view", "A view selects from itself.", schema, "SELECT a FROM t"),
                view(
                        COMPLEXITY,
                        "view-endless",
                        "A view has endless rows.",
                        "CWE-834, " + schema,
                        "WITH RECURSIVE c(a) AS (VALUES(1) UNION ALL SELECT 1 FROM c) SELECT a FROM c"),
                SQLITE.begin(BOMB, "views", "Four views, each of which joins the one before with itself.", schema)
                        .expandsTo(0, 68_719_476_736L, 4)
                        .content(Content.of(SqliteFiles::views))
                        .build(),
                SQLITE.file(
                        INJECTION,
                        "table-name",
                        "A table's name ends a quoted text of SQL, and goes on with a command.",
                        "CWE-89, " + schema,
                        Content.of(() -> SqliteDatabase.ofSchema(SqliteDatabase.entry(
                                        "table",
                                        "x'; DROP TABLE users; --",
                                        "CREATE TABLE \"x'; DROP TABLE users; --\"(a)"))
                                .page(SqliteDatabase.leaf(0, SqliteDatabase.row("a")))
                                .toArray())));
    }

    /** Each view joins the one before with itself: 2, 16, 4,096, ... rows. */
    private static byte[] views() {
        return SqliteDatabase.ofSchema(
                        view("u", "VALUES(1),(1)"),
                        view("v", "SELECT 1 FROM u,u b,u c,u d"),
                        view("w", "SELECT 1 FROM v,v b,v c"),
                        view("t", "SELECT 1 AS a FROM w,w b,w c"))
                .toArray();
    }

    private static byte[] view(String name, String select) {
        return SqliteDatabase.entry("view", name, "CREATE VIEW " + name + " AS " + select);
    }

    private static Stream<HostileFile> ends() {
        return Stream.of(
                of(EMPTY, "no-bytes", "The file has no bytes.", "1.3", () -> new byte[0]),
                cut("in-header", "The file ends within the header.", 60),
                cut("in-schema", "The file ends within the schema.", 300),
                cut("in-table", "The file ends within a table.", SqliteDatabase.PAGE + 100));
    }

    private static HostileFile cut(String variant, String description, int length) {
        return of(TRUNCATED, variant, description, "1.3", () -> Arrays.copyOf(TWIN, length));
    }
}
