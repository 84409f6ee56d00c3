package io.nepenthe.mitigation;

import io.nepenthe.model.LanguageModel;
import io.nepenthe.plugin.Family;
import io.nepenthe.run.PhaseClock;
import io.nepenthe.run.RunEnergy;
import io.nepenthe.run.RunListener;
import io.nepenthe.run.RunPlan;
import io.nepenthe.run.RunSettings;
import io.nepenthe.run.SuiteRun;
import io.nepenthe.runstore.RunLock;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.suite.StoredTypes;
import io.nepenthe.suite.Suite;
import io.nepenthe.summary.RunReader;
import io.nepenthe.summary.StoredRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The run of a mitigation, within its budget, and the model that comes of it. */
public final class MitigationRun {
  /** Disk that models may take which are kept until one is handed over; one is kept anyway. */
  private static final double KEPT_BYTES = 2e10;

  private static final double MOST_KEPT = 100;

  private final Path model;
  private final LanguageModel languageModel;
  private final RunPlan plan;
  private final MitigationFolder folder;
  private final MitigationClock clock;
  private final Function<Path, RunSettings> settings;
  private final RunListener listener;

  /**
   * Prepares it.
   *
   * @param model Hugging Face folder of the model
   * @param plan of the suite that the mitigation is
   * @param settings where and how, for a folder of a run
   */
  public MitigationRun(
      Path model,
      LanguageModel languageModel,
      RunPlan plan,
      MitigationFolder folder,
      MitigationClock clock,
      Function<Path, RunSettings> settings,
      RunListener listener) {
    this.model = model;
    this.languageModel = languageModel;
    this.plan = plan;
    this.folder = folder;
    this.clock = clock;
    this.settings = settings;
    this.listener = new Noting(listener, clock);
  }

  /** Notes the time meanwhile. */
  private record Noting(RunListener listener, MitigationClock clock) implements RunListener {
    @Override
    public void progressed(String what, long done, long total) {
      listener.progressed(what, done, total);
      clock.noteNowAndThen();
    }

    @Override
    public void warned(String line) {
      listener.warned(line);
    }
  }

  /** Writes what is to be read of a run, and returns what was read. */
  @FunctionalInterface
  public interface Publisher {
    /**
     * Writes it.
     *
     * @param held the lock of the run's folder
     */
    StoredRun publish(RunStore store, RunLock held);
  }

  /**
   * What has come of it.
   *
   * @param stored the run
   * @param best the trial that was chosen; empty if none can be
   */
  public record Outcome(StoredRun stored, Optional<BestTrial> best) {}

  private double modelBytes() {
    return StoredTypes.of(suite().tasks().get(0), languageModel).bytes();
  }

  private Suite suite() {
    return plan.suite();
  }

  private long seed() {
    return suite().seeds().get(0);
  }

  /**
   * Runs what has no result yet, and hands over the best model.
   *
   * @param most settings that are tried, earlier calls counted in; null for all
   */
  public Outcome execute(ModelSpeed speed, @Nullable Integer most, Publisher publisher) {
    SuiteRun run = new SuiteRun(plan, settings.apply(folder.run()), listener, new PhaseClock());
    try (RunLock held = run.take()) {
      List<TrialResult> earlier = earlier(run);
      KeptModel kept =
          new KeptModel(
              folder.kept(),
              (int) Math.max(1, Math.min(MOST_KEPT, KEPT_BYTES / modelBytes())),
              new BestSoFar(suite().selection(suite().tasks().get(0)), seed(), earlier));
      run.within(
              new TimeBudget(
                  speed, clock.endOfTrials(modelBytes()), left(most, earlier), System::nanoTime))
          .showing(
              (trial, left) -> {
                kept.show(trial, left);
                clock.note();
              });
      RunEnergy energy = RunEnergy.of(run);
      try {
        run.execute(held);
      } finally {
        energy.close();
      }
      run.finish();
      StoredRun stored = publisher.publish(run.store(), held);
      return new Outcome(stored, handedOver(stored, kept, run));
    } finally {
      clock.note();
    }
  }

  private static List<TrialResult> earlier(SuiteRun run) {
    return run.store().found().isPresent() ? RunReader.read(run.store()).trials() : List.of();
  }

  private static int left(@Nullable Integer most, List<TrialResult> earlier) {
    long tried = earlier.stream().filter(trial -> trial.family() != Family.CONTROL).count();
    return most == null ? Integer.MAX_VALUE : (int) Math.max(0, most - tried);
  }

  /** Writes the best model, unless it is there, and returns its trial. */
  private Optional<BestTrial> handedOver(StoredRun stored, KeptModel kept, SuiteRun run) {
    Optional<BestTrial> best =
        stored.selection().stream().findFirst().flatMap(task -> BestTrial.of(task, seed()));
    if (best.isEmpty() || !best.get().isBetter()) {
      return best;
    }
    TrialResult trial =
        stored.trials().stream()
            .filter(each -> each.id().equals(best.get().trial()))
            .findAny()
            .orElseThrow();
    if (!folder.handedOver().equals(Optional.of(trial.id()))) {
      Path weights =
          kept.of(trial.identity().method(), trial.id()).orElseGet(() -> again(trial, run));
      new MitigatedModel(model, languageModel).write(weights, trial, folder.model());
      folder.handedOver(trial.id());
    }
    kept.drop();
    return best;
  }

  private Path again(TrialResult trial, SuiteRun run) {
    RepeatedTrial repeated =
        new RepeatedTrial(
            suite(), RunPlan.keptPlugins(run.store().definition(), folder.run()), listener);
    return repeated.weights(trial, settings.apply(folder.again()), folder.kept());
  }
}
