package io.nepenthe.submission;

import java.util.regex.Pattern;

/**
 * A file of an archive.
 *
 * @param path within the archive, with slashes
 * @param size bytes
 * @param sha256 hash of its bytes
 */
public record PackedFile(String path, long size, String sha256) {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  /** Checks that all is stated. */
  public PackedFile {
    if (path == null || size < 0 || sha256 == null || !HASH.matcher(sha256).matches()) {
      throw new IllegalArgumentException(
          "files has an entry without path, size or SHA-256 of 64 lower-case hexadecimal digits");
    }
  }
}
