package io.nepenthe.spark;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Units as jobs of Spark, one task each: a unit that Spark gives up ends its own job and no other,
 * and what a unit leaves is here as soon as it is done.
 */
final class UnitJobs {
  /** Enough for a thousand executors to have the next unit at hand. */
  private static final int MOST_OUTSTANDING = 2048;

  private static final int LOST_AT_FIRST = 5;
  private static final long MILLIS_BETWEEN_LOOKS = 50;
  private static final long MILLIS_WITHOUT_EXECUTOR = 30_000;
  private static final Pattern REASON =
      Pattern.compile(Pattern.quote(UnitFailedException.class.getName()) + ": ([^\n]*)");

  private final JavaSparkContext context;
  private final DriverOptions options;
  private final OpenUnits open;
  private final Optional<NeededFiles> needed;
  private final DriverLines lines;
  private final Queue<Job> outstanding = new ArrayDeque<>();
  private int refusal;
  private int lostUnits;

  private record Job(PlannedUnit unit, JavaFutureAction<List<UnitOutcome>> outcome) {}

  UnitJobs(
      JavaSparkContext context,
      DriverOptions options,
      OpenUnits open,
      Optional<NeededFiles> needed,
      DriverLines lines) {
    this.context = context;
    this.options = options;
    this.open = open;
    this.needed = needed;
    this.lines = lines;
  }

  /**
   * Runs all units.
   *
   * @return exit code: 0 if all are done, 10 if units are lost, or that of one that no retry helps
   */
  int run() throws InterruptedException, IOException {
    lines.progress(0, open.asked());
    Waiting waiting = new Waiting();
    submit();
    while (!outstanding.isEmpty()) {
      if (settle()) {
        submit();
      } else if (context.sc().isStopped()) {
        lines.error("Spark has ended the application, with units left; see its log");
        return DriverExit.INCOMPLETE;
      } else {
        waiting.look();
        Thread.sleep(MILLIS_BETWEEN_LOOKS);
      }
      if (open.done() == 0 && lostUnits >= LOST_AT_FIRST) {
        lines.error(
            "no unit was done, and the first "
                + lostUnits
                + " were lost: the others are not tried");
        break;
      }
    }
    return refusal != 0
        ? refusal
        : open.done() == open.asked() ? DriverExit.DONE : DriverExit.INCOMPLETE;
  }

  private void submit() throws IOException {
    while (outstanding.size() < MOST_OUTSTANDING) {
      Optional<PlannedUnit> next = open.next();
      if (next.isEmpty()) {
        return;
      }
      PlannedUnit unit = next.get();
      UnitTask task =
          new UnitTask(
              options.places(),
              options.unitOptions(),
              needed.isPresent() ? needed.get().of(unit) : List.of());
      context.sc().setJobDescription("unit " + unit.index() + ": " + unit.label());
      outstanding.add(
          new Job(unit, context.parallelize(List.of(unit), 1).map(task).collectAsync()));
    }
  }

  /** Takes what has ended; returns false if nothing has. */
  private boolean settle() throws InterruptedException {
    int before = outstanding.size();
    for (Iterator<Job> jobs = outstanding.iterator(); jobs.hasNext(); ) {
      Job job = jobs.next();
      if (job.outcome().isDone()) {
        jobs.remove();
        settle(job);
      }
    }
    return outstanding.size() < before;
  }

  private void settle(Job job) throws InterruptedException {
    try {
      UnitOutcome outcome = job.outcome().get().get(0);
      if (outcome.exitCode() == DriverExit.DONE) {
        outcome.files().write(options.run(), options.cache());
        open.done(job.unit());
        lines.progress(open.done(), open.asked());
      } else {
        refusal = refusal == 0 ? outcome.exitCode() : refusal;
        lost(
            job.unit(),
            "unit %d (%s) on %s: %s"
                .formatted(
                    job.unit().index(), job.unit().label(), outcome.host(), outcome.message()));
      }
    } catch (ExecutionException e) {
      lost(job.unit(), reason(job.unit(), e));
    } catch (IOException e) {
      lost(job.unit(), "unit " + job.unit().index() + ": what it left is not stored: " + e);
    }
    needed.ifPresent(files -> files.ended(job.unit()));
  }

  private void lost(PlannedUnit unit, String why) {
    int before = open.lost();
    open.lost(unit);
    lostUnits++;
    int others = open.lost() - before - 1;
    lines.warn(why + (others > 0 ? "; " + others + " that stand on it wait, too" : ""));
  }

  /** Returns what a unit said, if it came so far, else what Spark says. */
  private static String reason(PlannedUnit unit, ExecutionException failure) {
    String all = String.valueOf(failure.getCause() == null ? failure : failure.getCause());
    Matcher said = REASON.matcher(all);
    return said.find()
        ? said.group(1)
        : "unit %d (%s): %s"
            .formatted(unit.index(), unit.label(), all.lines().findFirst().orElse(""));
  }

  /** Tells once why nothing happens: Spark itself waits without a word. */
  private final class Waiting {
    private long since = System.currentTimeMillis();
    private boolean hasTold;

    void look() {
      boolean hasExecutor =
          context.isLocal() || context.sc().statusTracker().getExecutorInfos().length > 1;
      if (hasExecutor) {
        since = System.currentTimeMillis();
      } else if (!hasTold && System.currentTimeMillis() - since > MILLIS_WITHOUT_EXECUTOR) {
        hasTold = true;
        lines.warn(
            "Spark has given no executor for 30 s: the cluster is busy, or no machine of it has the"
                + " processors, memory or GPUs that are asked for");
      }
    }
  }
}
