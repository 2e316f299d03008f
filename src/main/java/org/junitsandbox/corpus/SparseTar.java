package org.junitsandbox.corpus;

import org.junitsandbox.corpus.TarMember.Dialect;

/** Sparse files in tar archives: maps of where the data belong, with holes between them. */
final class SparseTar {

    private static final int PREFIX_AT = 345;
    private static final byte[] DATA = Bytes.utf8("d".repeat(TarMember.BLOCK));

    private SparseTar() {}

    /** In the old form, the map stands in the header: four parts, whether more follow, and the real size. */
    private static TarMember old(long[] map, byte[] realSize, byte[] data) {
        Bytes fields = new Bytes().zeros(386 - PREFIX_AT);
        for (int i = 0; i < 8; i++) {
            fields.raw(i < map.length ? TarMember.binary(map[i]) : new byte[12]);
        }
        TarMember member = new TarMember('S', Bytes.utf8("sparse"), data).dialect(Dialect.GNU);
        return member.prefix(fields.raw(0).raw(realSize).toArray());
    }

    /** The data are the last bytes of the file. */
    static TarMember old(long size) {
        return old(new long[] {size - DATA.length, DATA.length}, TarMember.binary(size), DATA);
    }

    static TarMember overlapping() {
        return old(new long[] {4096, 512, 0, 4096, 2048, 512}, TarMember.octal(12, 4608), new byte[5120]);
    }

    /** In the form 1.0, pax records have name and real size, and the map stands before the data. */
    static TarMember[] pax(long size) {
        TarMember records = TarMember.pax(
                TarMember.PAX,
                "GNU.sparse.major=1",
                "GNU.sparse.minor=0",
                "GNU.sparse.name=sparse",
                "GNU.sparse.realsize=" + size);
        byte[] map = Bytes.utf8("1\n" + (size - DATA.length) + "\n" + DATA.length + "\n");
        byte[] body = new Bytes().raw(map).padTo(TarMember.BLOCK).raw(DATA).toArray();
        return new TarMember[] {records, new TarMember(TarMember.FILE, Bytes.utf8("GNUSparseFile.0/sparse"), body)};
    }
}
