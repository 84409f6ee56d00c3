package io.nepenthe.timing;

import io.nepenthe.machine.DeviceUse;
import io.nepenthe.machine.NvidiaSmi;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.provenance.ProvenanceReader;
import io.nepenthe.run.MethodPlan;
import io.nepenthe.run.PhaseClock;
import io.nepenthe.run.PhaseClock.Phase;
import io.nepenthe.run.RunListener;
import io.nepenthe.run.RunPlan;
import io.nepenthe.run.RunSettings;
import io.nepenthe.runstore.RunFolder;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.runstore.TimingResult;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.summary.RunReader;
import io.nepenthe.summary.StoredRun;
import io.nepenthe.summary.Summary;
import io.nepenthe.tensor.DeviceName;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Times each task's and method's winners with JMH, in fresh forks per task and method. Each timing
 * replaces an older one as it is measured; one that fails replaces nothing, and the next goes on.
 */
public final class WinnerTiming {
  private final RunPlan plan;
  private final RunStore store;
  private final RunListener listener;
  private final PhaseClock clock;
  private final TimingOptions options;
  private final RunSettings settings;
  private final Provenance provenance;
  private final Retiming retiming;
  private final List<String> failures = new ArrayList<>();

  /** Prepares the timing of a run, whose lock the caller holds. */
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
        ProvenanceReader.read(settings.home(), options.device(), plan.suite().threads())
            .in(options.workers().containment().use());
    this.retiming = Retiming.in(settings.out(), options, provenance.machine());
  }

  /**
   * Times all winners that are not timed yet, or all again.
   *
   * @throws NepentheException with BAD_USAGE if there is something to time, and timings of another
   *     machine are in the way; with TIMING_FAILED if any failed, after the others
   */
  public void time() {
    OtherMachines others = new OtherMachines(provenance.machine());
    if (options.replaceOtherMachines()) {
      others.keepAside(store);
    }
    StoredRun run = RunReader.read(store);
    WinnerShots shots =
        new WinnerShots(plan.suite(), settings.cache(), run.originals(), options.device());
    List<TimedMethod> all = methods(run, shots);
    List<TimedMethod> open = all.stream().filter(method -> !isDone(method, run.timings())).toList();
    if (open.isEmpty()) {
      return;
    }
    others.refuse(store);
    if (options.again() && open.size() < all.size()) {
      listener.warned(
          "a timing that was cut short goes on: "
              + (all.size() - open.size())
              + " of "
              + all.size()
              + " methods are timed");
    }
    try (DeviceUse alone = alone()) {
      Objects.requireNonNull(alone);
      new RunFolder(settings.out()).deleteTemporary();
      Files.deleteIfExists(settings.out().resolve(TimingForks.LOG));
      for (int i = 0; i < open.size(); i++) {
        listener.progressed("timing", i, open.size());
        time(open.get(i), shots);
      }
      listener.progressed("timing", open.size(), open.size());
      requireAllTimed(open.size());
      retiming.complete();
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.IO, "cannot write to " + settings.out() + " (" + e + ")", e);
    }
  }

  private DeviceUse alone() {
    return DeviceUse.alone(
        DeviceUse.folder(settings.cache(), provenance.host()),
        DeviceName.of(options.device()).place(),
        line -> listener.warned("timing " + line));
  }

  private boolean isDone(TimedMethod method, List<TimingResult> timings) {
    return options.again() ? retiming.isDone(method.winners()) : method.isTimed(timings);
  }

  private List<TimedMethod> methods(StoredRun run, WinnerShots shots) {
    Summary summary = new Summary(run.info(), run.originals(), run.trials(), run.timings());
    List<TimedMethod> all = new ArrayList<>();
    for (TaskSpec task : plan.suite().tasks()) {
      for (MethodPlan method : plan.methods(task)) {
        TimedMethod timed =
            new TimedMethod(
                task,
                method.plugin(),
                List.copyOf(summary.winners(task.id(), method.plugin().id()).values()));
        if (!timed.winners().isEmpty() && !shots.isWholeTraining(timed)) {
          all.add(timed);
        }
      }
    }
    return all;
  }

  private void time(TimedMethod method, WinnerShots shots) throws IOException {
    clock.begin(Phase.TIMING);
    try (GpuClockWatch gpu = new GpuClockWatch(NvidiaSmi.here(), options.gpu())) {
      TimingForks forks =
          new TimingForks(
              settings.out(),
              plan.suite().threads(),
              options,
              new SameWeights(provenance, options.device()));
      TimingResult result = result(method, forks.run(method, shots), gpu);
      store.put(result);
      retiming.put(method.winners());
      if (!result.disturbance().isEmpty()) {
        listener.warned("timing of " + method.label() + ": " + result.disturbance());
      }
    } catch (TimingFailedException e) {
      failed("timing of " + method.label() + " failed: " + e.getMessage());
    } catch (NepentheException e) {
      if (e.code() != ErrorCode.BAD_CHECKPOINT) {
        throw e;
      }
      failed("timing of " + method.label() + " failed: " + e.getMessage());
    } finally {
      clock.end(Phase.TIMING);
    }
  }

  private void failed(String line) {
    failures.add(line);
    listener.warned(line);
  }

  private void requireAllTimed(int asked) {
    if (!failures.isEmpty()) {
      throw new NepentheException(
          ErrorCode.TIMING_FAILED,
          failures.size()
              + " of "
              + asked
              + " timings failed, the first: "
              + failures.get(0)
              + ". Times from before stand in the tables. See timing.log in "
              + settings.out()
              + "; the same command tries again.");
    }
  }

  private TimingResult result(
      TimedMethod method, List<TimingResult.Shot> measured, GpuClockWatch gpu) {
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
        provenance,
        gpu.read());
  }
}
