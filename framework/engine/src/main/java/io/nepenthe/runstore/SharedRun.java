package io.nepenthe.runstore;

import io.nepenthe.files.AtomicFiles;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A run's folder that several processes fill at the same time, of this machine or of others: over a
 * shared or a synced folder. Nobody holds its lock, and nobody moves or deletes what another wrote.
 * A result that is there and whole is kept; one that is not there whole, as half of it may be on
 * its way, counts as not there, and is replaced at once by whoever measured it.
 */
public final class SharedRun implements Results {
  private final Path folder;
  private final RunStore store;

  /**
   * Opens the folder, and makes it the folder of a run if it is none.
   *
   * @param definition file of what is run
   * @throws NepentheException with IO if the folder holds something else, or cannot be written
   */
  public SharedRun(Path folder, Path definition, Consumer<String> warnings) {
    this.folder = folder;
    this.store = new RunStore(folder, warnings);
    new RunFolder(folder).claim();
    Path own = folder.resolve(definition.getFileName());
    if (store.found().isEmpty()) { // none, or half of it
      try {
        AtomicFiles.write(own, copy -> Files.copy(definition, copy));
      } catch (IOException e) {
        throw new NepentheException(ErrorCode.IO, "cannot write " + own + " (" + e + ")", e);
      }
    }
  }

  /** Returns the folder. */
  public Path folder() {
    return folder;
  }

  /** Returns what the folder says that it is a run of. */
  public RunFile definition() {
    return store.definition();
  }

  @Override
  public Optional<TrialResult> trial(TrialIdentity identity) {
    return store.trial(identity);
  }

  @Override
  public Optional<OriginalResult> original(String id) {
    return store.original(id);
  }

  @Override
  public void put(TrialResult trial) {
    boolean isKept =
        trial(trial.identity())
            .filter(there -> there.isValid() || !trial.isValid())
            .filter(there -> ScoreChecks.areOfOneModel(there.before(), trial.before()))
            .isPresent();
    if (!isKept) {
      store.put(trial);
    }
  }

  @Override
  public void put(OriginalResult original) {
    boolean isKept =
        original(original.id())
            .filter(there -> there.taskHash().equals(original.taskHash()))
            .filter(there -> there.dataHash().equals(original.dataHash()))
            .filter(there -> there.checkpointHash().equals(original.checkpointHash()))
            .isPresent();
    if (!isKept) {
      store.put(original);
    }
  }
}
