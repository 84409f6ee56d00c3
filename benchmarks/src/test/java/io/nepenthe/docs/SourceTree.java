package io.nepenthe.docs;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The repository's own files: what git tracks, without asking git. */
final class SourceTree {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** Folders that builds and runs write. */
  private static final Set<String> WRITTEN = Set.of("target", "runs", "node_modules");

  private SourceTree() {}

  /** Returns the files with one of these endings, sorted. */
  static List<Path> files(String... endings) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = folder.getFileName().toString();
            boolean skipped =
                !folder.equals(ROOT) && (name.startsWith(".") || WRITTEN.contains(name));
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (List.of(endings).stream().anyMatch(file.toString()::endsWith)) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    files.sort(null);
    return files;
  }

  /** Returns {@code file:line} of an offset into a file's text, for messages. */
  static String place(Path file, String text, int offset) {
    long line = text.substring(0, offset).chars().filter(c -> c == '\n').count() + 1;
    return ROOT.relativize(file) + ":" + line;
  }
}
