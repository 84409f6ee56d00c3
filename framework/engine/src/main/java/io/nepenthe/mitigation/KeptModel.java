package io.nepenthe.mitigation;

import io.nepenthe.files.AtomicFiles;
import io.nepenthe.files.Folders;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.run.JudgedModels;
import io.nepenthe.runstore.TrialResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Keeps the weights of the best model so far, so that it need not be made again at the end: of all
 * that were judged, one is on the disk.
 */
public final class KeptModel implements JudgedModels {
  private static final String NAME = "trial";
  private static final String WEIGHTS = ".safetensors";
  private static final String CONFIGURATION = ".json";

  private final Path folder;
  private final Predicate<TrialResult> best;

  /**
   * Keeps what is best.
   *
   * @param folder to keep it in
   * @param best whether a trial is the best so far
   */
  public KeptModel(Path folder, Predicate<TrialResult> best) {
    this.folder = folder;
    this.best = best;
  }

  @Override
  public synchronized void show(TrialResult trial, Path left) {
    if (!best.test(trial)) {
      return;
    }
    try {
      Folders.delete(folder);
      Folders.make(folder);
      for (Path file : files(left, WEIGHTS)) {
        Files.move(file, folder.resolve(file.getFileName()));
      }
      for (Path file : files(left, CONFIGURATION)) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
      AtomicFiles.write(folder.resolve(NAME), trial.id());
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.IO, "cannot keep a model in " + folder + " (" + e + ").", e);
    }
  }

  private static List<Path> files(Path left, String ending) throws IOException {
    try (Stream<Path> files = Files.list(left)) {
      return files.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }

  /** Returns the folder with the weights of a trial, if they are what is kept. */
  public Optional<Path> of(String trial) {
    try {
      Path name = folder.resolve(NAME);
      return Files.isRegularFile(name) && Files.readString(name).equals(trial)
          ? Optional.of(folder)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // it is made again
    }
  }

  /** Removes it. */
  public void drop() {
    Folders.tryToDelete(folder);
  }
}
