package io.nepenthe.report.view;

import io.nepenthe.statistics.CriticalDifference;
import io.nepenthe.statistics.Ranking;
import io.nepenthe.statistics.SeedsNeeded;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of the section on many seeds: {@code many-seeds.json} of a report.
 *
 * @param schema "nepenthe-many-seeds/1"
 * @param suite name of the suite
 * @param protocol version of the measuring rules
 * @param level of the tests
 * @param tasks those with seeds enough, in the suite's order
 * @param allTasks mean ranks and tests over all pairs of task and seed; null of a single task
 * @param seedsNeeded of a paired t-test that finds the difference with a chance of 80 %
 */
public record ManySeedsDocument(
    String schema,
    String suite,
    String protocol,
    double level,
    List<ManySeeds> tasks,
    @Nullable CriticalDifference allTasks,
    List<Needed> seedsNeeded) {
  /** The schema this program writes. */
  public static final String SCHEMA = "nepenthe-many-seeds/1";

  /** Name of the file. */
  public static final String FILE = "many-seeds.json";

  /** Copies the lists. */
  public ManySeedsDocument {
    tasks = List.copyOf(tasks);
    seedsNeeded = List.copyOf(seedsNeeded);
  }

  /**
   * How many seeds a difference needs.
   *
   * @param task whose spread is taken
   * @param measure what the methods differ in
   * @param points of difference
   * @param onePair seeds if one pair is tested; null if more than 10 000
   * @param oneOfAll seeds if it is one of all pairs, by what Holm asks at most; null likewise
   */
  public record Needed(
      String task,
      String measure,
      int points,
      @Nullable Integer onePair,
      @Nullable Integer oneOfAll) {}

  /** Returns the document of a run; its tasks are none where no task has seeds enough. */
  public static ManySeedsDocument of(ReportModel report) {
    List<Needed> needed = new ArrayList<>();
    for (ManySeeds task : report.manySeeds()) {
      for (PairSpread spread : task.spreads()) {
        for (int points : SeedsNeededTable.POINTS) {
          needed.add(
              new Needed(
                  task.task(),
                  spread.measure(),
                  points,
                  median(spread, points, SeedsNeeded.LEVEL),
                  median(spread, points, spread.correctedLevel())));
        }
      }
    }
    return new ManySeedsDocument(
        SCHEMA,
        report.info().suite(),
        report.info().protocol(),
        Ranking.LEVEL,
        report.manySeeds(),
        ManySeeds.diagramOfAll(report.manySeeds()).orElse(null),
        needed);
  }

  private static @Nullable Integer median(PairSpread spread, int points, double level) {
    OptionalInt seeds = spread.seeds(points, level).get(1);
    return seeds.isPresent() ? seeds.getAsInt() : null;
  }
}
