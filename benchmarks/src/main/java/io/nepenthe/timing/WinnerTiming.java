package io.nepenthe.timing;

import io.nepenthe.protocol.NepentheException;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.provenance.ProvenanceReader;
import io.nepenthe.run.MethodPlan;
import io.nepenthe.run.PhaseClock;
import io.nepenthe.run.PhaseClock.Phase;
import io.nepenthe.run.RunListener;
import io.nepenthe.run.RunPlan;
import io.nepenthe.run.RunSettings;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.runstore.TimingResult;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.summary.RunReader;
import io.nepenthe.summary.StoredRun;
import io.nepenthe.summary.Summary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Times each task's and method's winners with JMH, in fresh forks per task and method. Each timing
 * replaces an older one as it is measured; one that fails replaces nothing.
 */
public final class WinnerTiming {
  private final RunPlan plan;
  private final RunStore store;
  private final RunListener listener;
  private final PhaseClock clock;
  private final TimingOptions options;
  private final RunSettings settings;
  private final Provenance provenance;

  /** Prepares the timing of a run. */
  public WinnerTiming(
      RunPlan plan,
      RunSettings settings,
      RunStore store,
      RunListener listener,
      PhaseClock clock,
      TimingOptions options) {
    this.plan = plan;
    this.settings = settings;
    this.store = store;
    this.listener = listener;
    this.clock = clock;
    this.options = options;
    this.provenance =
        ProvenanceReader.read(settings.home(), options.device(), plan.suite().threads());
  }

  /**
   * Times all winners that are not timed yet, or all again.
   *
   * @throws NepentheException with BAD_USAGE if there is something to time, and timings of another
   *     machine are in the way
   */
  public void time() {
    OtherMachines others = new OtherMachines(provenance.machine());
    if (options.replaceOtherMachines()) {
      others.keepAside(store);
    }
    StoredRun run = RunReader.read(store);
    WinnerShots shots =
        new WinnerShots(plan.suite(), settings.cache(), run.originals(), options.device());
    List<TimedMethod> open = open(run, shots);
    if (open.isEmpty()) {
      return;
    }
    others.refuse(store);
    for (int i = 0; i < open.size(); i++) {
      listener.progressed("timing", i, open.size());
      time(open.get(i), shots);
    }
    listener.progressed("timing", open.size(), open.size());
  }

  private List<TimedMethod> open(StoredRun run, WinnerShots shots) {
    Summary summary = new Summary(run.info(), run.originals(), run.trials(), run.timings());
    List<TimedMethod> open = new ArrayList<>();
    for (TaskSpec task : plan.suite().tasks()) {
      for (MethodPlan method : plan.methods(task)) {
        TimedMethod timed =
            new TimedMethod(
                task,
                method.plugin(),
                List.copyOf(summary.winners(task.id(), method.plugin().id()).values()));
        if (!timed.winners().isEmpty()
            && (options.again() || !timed.isTimed(run.timings()))
            && !shots.isWholeTraining(timed)) {
          open.add(timed);
        }
      }
    }
    return open;
  }

  private void time(TimedMethod method, WinnerShots shots) {
    clock.begin(Phase.TIMING);
    try {
      TimingForks forks =
          new TimingForks(
              settings.out(), plan.suite().threads(), options.forks(), options.javaOptions());
      TimingResult result = result(method, forks.run(method, shots.of(method)));
      store.put(result);
      if (!result.disturbance().isEmpty()) {
        listener.warned(
            "timing of " + method.label() + ": " + result.disturbance() + "; time it again.");
      }
    } catch (RunnerException | IOException e) {
      listener.warned(
          "timing of "
              + method.label()
              + " failed ("
              + e.getMessage()
              + "); the time from before stands in the table. See timing.log in "
              + settings.out());
    } finally {
      clock.end(Phase.TIMING);
    }
  }

  private TimingResult result(TimedMethod method, List<TimingResult.Shot> measured) {
    return new TimingResult(
        TimingResult.SCHEMA,
        method.task().id(),
        method.plugin().id(),
        method.plugin().version(),
        method.plugin().sha256(),
        options.forks(),
        TimingScores.error(measured),
        TimingScores.bySeed(measured),
        measured,
        provenance);
  }
}
