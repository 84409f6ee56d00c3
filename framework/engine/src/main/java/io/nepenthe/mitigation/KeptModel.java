package io.nepenthe.mitigation;

import io.nepenthe.checkpoint.BlockedNgramsFile;
import io.nepenthe.files.AtomicFiles;
import io.nepenthe.files.Folders;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.run.JudgedModels;
import io.nepenthe.runstore.TrialResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Keeps the weights of the best model of each method so far, so that the winner need not be made
 * again at the end: as many as there is room for, the latest ones.
 */
public final class KeptModel implements JudgedModels {
  private static final String NAME = "trial";
  private static final String WEIGHTS = ".safetensors";
  private static final String CONFIGURATION = ".json";

  private final Path folder;
  private final int most;
  private final Predicate<TrialResult> best;

  /**
   * Keeps what is best.
   *
   * @param folder to keep it in
   * @param most how many models at a time
   * @param best whether a trial is the best of its method so far
   */
  public KeptModel(Path folder, int most, Predicate<TrialResult> best) {
    this.folder = folder;
    this.most = most;
    this.best = best;
  }

  private Path place(String method) {
    return folder.resolve(method);
  }

  @Override
  public synchronized void show(TrialResult trial, Path left) {
    if (!best.test(trial)) {
      return;
    }
    try {
      Path place = place(trial.identity().method());
      Folders.delete(place);
      makeRoom();
      Folders.make(place);
      for (Path file : files(left, WEIGHTS)) {
        Files.move(file, place.resolve(file.getFileName()));
      }
      for (Path file : files(left, BlockedNgramsFile.NAME)) {
        Files.copy(file, place.resolve(file.getFileName()));
      }
      for (Path file : files(left, CONFIGURATION)) {
        Files.copy(file, place.resolve(file.getFileName()));
      }
      AtomicFiles.write(place.resolve(NAME), trial.id());
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.IO, "cannot keep a model in " + folder + " (" + e + ").", e);
    }
  }

  private void makeRoom() throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> kept;
    try (Stream<Path> places = Files.list(folder)) {
      kept =
          places.sorted(Comparator.comparingLong(place -> place.toFile().lastModified())).toList();
    }
    for (Path oldest : kept.subList(0, Math.max(0, kept.size() + 1 - most))) {
      Folders.delete(oldest);
    }
  }

  private static List<Path> files(Path left, String ending) throws IOException {
    try (Stream<Path> files = Files.list(left)) {
      return files.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }

  /** Returns the folder with the weights of a trial of a method, if they are kept. */
  public Optional<Path> of(String method, String trial) {
    try {
      Path name = place(method).resolve(NAME);
      return Files.isRegularFile(name) && Files.readString(name).equals(trial)
          ? Optional.of(place(method))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // it is made again
    }
  }

  /** Removes all. */
  public void drop() {
    Folders.tryToDelete(folder);
  }
}
