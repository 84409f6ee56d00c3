package io.nepenthe.submission;

import io.nepenthe.files.ZipNames;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.wording.Words;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * A zip of somebody else, unpacked without harm: no file outside the target, no link, nothing
 * twice, nothing that belongs elsewhere, nothing beyond the limits, whatever its directory says.
 */
final class HostileZip {
  private static final int TYPE_OF_UNIX_FILE = 0170000;
  private static final int PLAIN_UNIX_FILE = 0100000;
  private static final int UNIX_FOLDER = 0040000;

  private final ZipLimits limits;
  private long unpacked;

  HostileZip(ZipLimits limits) {
    this.limits = limits;
  }

  /**
   * Unpacks a zip into an empty folder.
   *
   * @return the files, in the archive's order
   * @throws IOException if it is no zip, or one that is not to be unpacked; the message says why
   */
  List<PackedFile> unpack(Path zip, Path target) throws IOException {
    require(
        Files.size(zip) <= limits.archiveBytes(),
        "it has more than " + mib(limits.archiveBytes()) + " MiB");
    List<PackedFile> files = new ArrayList<>();
    try (ZipFile file = ZipFile.builder().setPath(zip).get()) {
      List<ZipArchiveEntry> entries = Collections.list(file.getEntries());
      requireHarmless(entries);
      for (ZipArchiveEntry entry : entries) {
        if (!entry.isDirectory()) {
          files.add(unpack(file, entry, target));
        }
      }
      require(
          ZipNames.areThoseListed(zip, names(entries), limits.totalBytes()),
          "its files are not those of its table of contents");
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new ZipException("it is no whole zip (" + e.getMessage() + ")");
    }
    return files;
  }

  private void requireHarmless(List<ZipArchiveEntry> entries) throws IOException {
    require(entries.size() <= limits.entries(), "it has more than " + limits.entries() + " files");
    Set<String> names = new HashSet<>();
    for (ZipArchiveEntry entry : entries) {
      String name = entry.getName();
      String words = "'" + Words.line(name) + "'";
      require(names.add(name.toLowerCase(Locale.ROOT)), words + " is there twice");
      require(
          name.equals(new String(entry.getRawName(), StandardCharsets.UTF_8)),
          words + " has another name for other programs");
      require(
          entry.isDirectory() ? ArchivePaths.isFolder(name) : ArchivePaths.isFile(name),
          words + " is no file of an archive");
      require(isPlain(entry), words + " is a link or another special file");
      require(!entry.getGeneralPurposeBit().usesEncryption(), words + " is encrypted");
      require(
          entry.getMethod() == ZipEntry.STORED || entry.getMethod() == ZipEntry.DEFLATED,
          words + " is packed by a method other than deflate");
    }
  }

  private static Set<String> names(List<ZipArchiveEntry> entries) {
    return entries.stream().map(ZipArchiveEntry::getName).collect(Collectors.toSet());
  }

  private static boolean isPlain(ZipArchiveEntry entry) {
    int type = entry.getUnixMode() & TYPE_OF_UNIX_FILE;
    return type == 0 || type == (entry.isDirectory() ? UNIX_FOLDER : PLAIN_UNIX_FILE);
  }

  private PackedFile unpack(ZipFile zip, ZipArchiveEntry entry, Path target) throws IOException {
    Path file = target.resolve(entry.getName());
    Files.createDirectories(file.getParent());
    MessageDigest sha256 = ContentHash.sha256();
    CRC32 crc = new CRC32();
    try (InputStream in =
            new CheckedInputStream(new DigestInputStream(zip.getInputStream(entry), sha256), crc);
        OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
      long size = copy(in, out, entry);
      require(
          size == entry.getSize() && crc.getValue() == entry.getCrc(),
          "'" + entry.getName() + "' is not what was packed");
      return new PackedFile(entry.getName(), size, HexFormat.of().formatHex(sha256.digest()));
    }
  }

  /** Counts what comes: what the directory says of sizes may be false. */
  private long copy(InputStream in, OutputStream out, ZipArchiveEntry entry) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long size = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      size += read;
      unpacked += read;
      String name = "'" + entry.getName() + "'";
      require(
          size <= limits.entryBytes(),
          name + " has more than " + mib(limits.entryBytes()) + " MiB unpacked");
      require(
          unpacked <= limits.totalBytes(),
          "its files have more than " + mib(limits.totalBytes()) + " MiB unpacked");
      require(
          size <= limits.ratioFrom() || size <= limits.ratio() * entry.getCompressedSize(),
          name + " is more than " + limits.ratio() + " times as large as packed");
      out.write(buffer, 0, read);
    }
    return size;
  }

  private static long mib(long bytes) {
    return bytes >> 20;
  }

  private static void require(boolean holds, String mistake) throws IOException {
    if (!holds) {
      throw new ZipException(mistake);
    }
  }
}
