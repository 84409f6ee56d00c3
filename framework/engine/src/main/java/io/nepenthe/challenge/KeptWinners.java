package io.nepenthe.challenge;

import io.nepenthe.files.Folders;
import io.nepenthe.mitigation.KeptModel;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.run.JudgedModels;
import io.nepenthe.run.RunListener;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.suite.StoredTypes;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.TaskSpec;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the model of each method's winner while a run goes on whose winners are to be challenged,
 * so that they need not be made again. What there is no room for, or lost its file, is made again.
 */
public final class KeptWinners implements JudgedModels {
  private static final long MOST_BYTES = 4L << 30;
  private static final Path FOLDER = Path.of("tmp", "winners");

  private final Suite suite;
  private final RunStore store;
  private final RunListener listener;
  private final Map<Place, KeptModel> models = new HashMap<>(); // guarded by this, as the next
  private @Nullable List<TrialResult> earlier;

  private record Place(String task, long seed) {
    static Place of(TrialResult trial) {
      return new Place(trial.identity().task(), trial.identity().seed());
    }
  }

  /** Keeps winners of a suite below the folder of its run. */
  public KeptWinners(Suite suite, RunStore store, RunListener listener) {
    this.suite = suite;
    this.store = store;
    this.listener = listener;
  }

  @Override
  public void show(TrialResult trial, Path folder) {
    try {
      models(Place.of(trial)).show(trial, folder);
    } catch (NepentheException e) {
      listener.warned(e.getMessage() + " It is made again when it is challenged.");
    }
  }

  /** Returns the folder with the weights that a trial left, if they are kept. */
  Optional<Path> of(TrialResult trial) {
    KeptModel kept = new KeptModel(folder(Place.of(trial)), 0, none -> false);
    return kept.of(trial.identity().method(), trial.id());
  }

  private synchronized KeptModel models(Place place) {
    return models.computeIfAbsent(place, this::begun);
  }

  private KeptModel begun(Place place) {
    if (earlier == null) {
      earlier = store.trials();
    }
    TaskSpec task =
        suite.tasks().stream()
            .filter(each -> each.id().equals(place.task()))
            .findAny()
            .orElseThrow();
    List<TrialResult> here =
        earlier.stream().filter(trial -> trial.isValid() && Place.of(trial).equals(place)).toList();
    long places = (long) suite.tasks().size() * suite.seeds().size();
    long bytes = StoredTypes.of(task, task.architecture()).bytes();
    int most = (int) Math.min(Integer.MAX_VALUE, MOST_BYTES / places / bytes);
    WinnerSoFar winner = new WinnerSoFar(suite.selection(task), here);
    return new KeptModel(folder(place), most, trial -> most > 0 && winner.test(trial));
  }

  private Path folder(Place place) {
    return store.folder().resolve(FOLDER).resolve(place.task() + "_s" + place.seed());
  }

  /** Removes all. */
  void drop() {
    Folders.tryToDelete(store.folder().resolve(FOLDER));
  }
}
