package org.junitsandbox.corpus;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All hostile files. Each catalogue is a class that lists the files of one format, or of a part of its attacks. */
final class Catalogues {

    // A catalogue a line, so that two can be added side by side.
    private static final List<Supplier<Stream<HostileFile>>> ALL = List.of(
            ZipEntries::files,
            ZipLies::files,
            ZipBombs::files,
            ZipEnds::files,
            TarEntries::files,
            TarTricks::files,
            TarSizes::files,
            TarEnds::files,
            GzipFiles::files,
            Bzip2Files::files,
            XzFiles::files,
            ZstdFiles::files,
            SevenZipFiles::files,
            CpioFiles::files,
            ArFiles::files,
            DebFiles::files,
            JarFiles::files,
            PngFiles::files,
            PngLies::files,
            JpegFiles::files,
            JpegLies::files,
            JpegMetadata::files,
            GifFiles::files,
            BmpFiles::files,
            TiffFiles::files,
            TiffLies::files,
            WebpFiles::files,
            WebpLies::files,
            IcoFiles::files,
            PsdFiles::files,
            SvgFiles::files,
            XmlFiles::files,
            JsonFiles::files,
            YamlFiles::files,
            CsvFiles::files,
            PdfFiles::files,
            PdfLoads::files,
            PdfErrors::files,
            WordFiles::files,
            SheetFiles::files,
            HtmlFiles::files,
            MailFiles::files,
            MailParts::files,
            PlaylistFiles::files,
            Mp4Files::files,
            RiffFiles::files,
            SqliteFiles::files,
            CertificateFiles::files,
            CertificateNames::files,
            FontFiles::files,
            NameFiles::files,
            TextFiles::files);

    /** In the order of the catalogues. */
    static final List<HostileFile> FILES = ALL.stream().flatMap(Supplier::get).toList();

    private Catalogues() {}
}
