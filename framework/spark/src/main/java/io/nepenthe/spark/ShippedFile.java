package io.nepenthe.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** A file on its way from one machine to another, with the hash of what was read. */
final class ShippedFile implements Serializable {
  private static final long serialVersionUID = 1;

  private final String path;
  private final byte[] sha256;
  private final byte[] content;

  private ShippedFile(String path, byte[] sha256, byte[] content) {
    this.path = path;
    this.sha256 = sha256;
    this.content = content;
  }

  /** Reads a file below a folder. */
  static ShippedFile of(Path folder, Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    String path = folder.relativize(file).toString().replace('\\', '/');
    return new ShippedFile(path, hash(content), content);
  }

  /** Returns where it is below its folder, with slashes. */
  String path() {
    return path;
  }

  /**
   * Returns what was read.
   *
   * @throws IOException if it is something else by now
   */
  byte[] content() throws IOException {
    if (!Arrays.equals(sha256, hash(content))) {
      throw new IOException(path + " is not what was sent");
    }
    return content;
  }

  private static byte[] hash(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
