package io.nepenthe.submission;

import io.nepenthe.protocol.ContentHash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** What jars hold, whatever the order and the times of their entries. */
final class JarContent {
  private JarContent() {}

  /** Returns true if two jars hold the same files, byte for byte. */
  static boolean isSame(Path one, Path other) {
    try {
      return of(one).equals(of(other));
    } catch (IOException | RuntimeException e) {
      return false; // what cannot be read is nothing that comes with Nepenthe
    }
  }

  private static SortedMap<String, String> of(Path jar) throws IOException {
    SortedMap<String, String> content = new TreeMap<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : Collections.list(file.entries())) {
        if (!entry.isDirectory()) {
          try (InputStream in = file.getInputStream(entry)) {
            byte[] hash = ContentHash.digest(in.readAllBytes());
            if (content.put(entry.getName(), HexFormat.of().formatHex(hash)) != null) {
              throw new IOException(entry.getName() + " is there twice");
            }
          }
        }
      }
    }
    return content;
  }
}
