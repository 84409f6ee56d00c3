package io.nepenthe.files;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The names of a zip's entries, which stand in it twice: before each entry, and in its table of
 * contents. No checksum covers them, and programs read the one or the other.
 */
public final class ZipNames {
  private ZipNames() {}

  /**
   * Whether the entries are called as the table of contents calls them, each once.
   *
   * @param listed the names of the table of contents
   * @param mostBytes what the entries may unpack to, all together; with more they are not
   */
  public static boolean areThoseListed(Path zip, Set<String> listed, long mostBytes)
      throws IOException {
    Set<String> left = new HashSet<>(listed);
    long bytes = mostBytes;
    try (ZipInputStream in =
        new ZipInputStream(new BufferedInputStream(Files.newInputStream(zip)))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (!left.remove(entry.getName())) {
          return false;
        }
        bytes -= length(in, bytes);
        if (bytes < 0) {
          return false;
        }
      }
    } catch (IllegalArgumentException e) {
      return false; // a name is no UTF-8
    }
    return left.isEmpty();
  }

  /** Reads to an entry's end, or to the first buffer beyond the most. */
  private static long length(InputStream in, long most) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long length = 0;
    for (int read = in.read(buffer); read >= 0 && length <= most; read = in.read(buffer)) {
      length += read;
    }
    return length;
  }
}
