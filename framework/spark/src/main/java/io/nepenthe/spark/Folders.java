package io.nepenthe.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Folders, deleted and packed. */
final class Folders {
  private Folders() {}

  /** Deletes a folder with all in it; does nothing if there is none. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(folder)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : deepestFirst) {
      Files.deleteIfExists(each);
    }
  }

  /** Packs parts of a folder, files or folders with all in them. Nothing is compressed twice. */
  static void pack(Path folder, List<String> parts, Path zip) throws IOException {
    try (ZipOutputStream packed = new ZipOutputStream(Files.newOutputStream(zip))) {
      packed.setLevel(Deflater.NO_COMPRESSION); // nearly all of it is jars
      for (String part : parts) {
        pack(folder, folder.resolve(part), packed);
      }
    }
  }

  private static void pack(Path folder, Path part, ZipOutputStream packed) throws IOException {
    try (Stream<Path> all = Files.walk(part)) {
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        packed.putNextEntry(new ZipEntry(name));
        Files.copy(file, packed);
        packed.closeEntry();
      }
    }
  }
}
