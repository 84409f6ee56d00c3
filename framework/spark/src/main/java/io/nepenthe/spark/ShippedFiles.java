package io.nepenthe.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a unit leaves, or stands on: results of a run's folder, and checkpoints of a cache folder.
 */
final class ShippedFiles implements Serializable {
  private static final long serialVersionUID = 1;
  private static final List<String> RESULTS = List.of("originals", "trials");
  private static final String CHECKPOINTS = "checkpoints";

  private final ArrayList<ShippedFile> results;
  private final ArrayList<ShippedFile> checkpoints;

  private ShippedFiles(Collection<ShippedFile> results, Collection<ShippedFile> checkpoints) {
    this.results = new ArrayList<>(results);
    this.checkpoints = new ArrayList<>(checkpoints);
  }

  /** Returns no files. */
  static ShippedFiles none() {
    return new ShippedFiles(List.of(), List.of());
  }

  /**
   * Reads what a unit left.
   *
   * @param run folder of its results
   * @param cache folder of checkpoints
   * @param unit what it was
   */
  static ShippedFiles left(Path run, Path cache, PlannedUnit unit) throws IOException {
    List<ShippedFile> results = new ArrayList<>();
    for (String part : RESULTS) {
      results.addAll(read(run, run.resolve(part), ShippedFiles::isResult));
    }
    return new ShippedFiles(results, checkpoints(cache, unit));
  }

  /** Reads what others stand on of a unit: the checkpoint it made, and how that was measured. */
  static ShippedFiles made(Path run, Path cache, PlannedUnit unit) throws IOException {
    Path originals = run.resolve("originals");
    return new ShippedFiles(
        read(run, originals, file -> unit.originals().contains(file.getFileName().toString())),
        checkpoints(cache, unit));
  }

  private static List<ShippedFile> checkpoints(Path cache, PlannedUnit unit) throws IOException {
    return unit.checkpoint().isEmpty()
        ? List.of()
        : read(
            cache,
            cache.resolve(CHECKPOINTS).resolve(unit.checkpoint()),
            ShippedFiles::isOfCheckpoint);
  }

  private static boolean isResult(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".json") && !name.startsWith(".");
  }

  /** Parts that are being written, and locks, stay. */
  private static boolean isOfCheckpoint(Path file) {
    return file.getParent().getFileName().toString().startsWith("passes-");
  }

  private static List<ShippedFile> read(Path folder, Path part, Predicate<Path> isWanted)
      throws IOException {
    if (!Files.isDirectory(part)) {
      return List.of();
    }
    List<ShippedFile> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(part)) {
      for (Path file : all.filter(Files::isRegularFile).filter(isWanted).sorted().toList()) {
        files.add(ShippedFile.of(folder, file));
      }
    }
    return files;
  }

  boolean isEmpty() {
    return results.isEmpty() && checkpoints.isEmpty();
  }

  /**
   * Writes the files where they belong. Results replace others; a checkpoint that is there stays.
   *
   * @throws IOException if a file is not what was read, or cannot be written
   */
  void write(Path run, Path cache) throws IOException {
    for (ShippedFile file : results) {
      Path target = below(run, file);
      Files.createDirectories(target.getParent());
      Path part = target.resolveSibling("." + target.getFileName() + "-" + UUID.randomUUID());
      Files.write(part, file.content());
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
    for (String place : checkpoints.stream().map(ShippedFiles::folder).distinct().toList()) {
      Path target = cache.resolve(place);
      if (!Files.isDirectory(target)) {
        writeCheckpoint(place, cache, target);
      }
    }
  }

  private static String folder(ShippedFile file) {
    return file.path().substring(0, file.path().lastIndexOf('/'));
  }

  private void writeCheckpoint(String place, Path cache, Path target) throws IOException {
    Path part = target.resolveSibling(".part-" + UUID.randomUUID());
    Files.createDirectories(part);
    for (ShippedFile file : checkpoints) {
      if (folder(file).equals(place)) {
        Path sent = below(cache, file);
        Files.write(part.resolve(sent.getFileName()), file.content());
      }
    }
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
      Folders.delete(part); // another process was faster, with the same bytes
    }
  }

  private static Path below(Path folder, ShippedFile file) throws IOException {
    Path target = folder.resolve(file.path()).normalize();
    if (!target.startsWith(folder.normalize()) || target.equals(folder.normalize())) {
      throw new IOException(file.path() + " leads out of its folder");
    }
    return target;
  }
}
