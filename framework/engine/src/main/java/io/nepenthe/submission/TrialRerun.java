package io.nepenthe.submission;

import io.nepenthe.metric.Metric;
import io.nepenthe.metric.Metrics;
import io.nepenthe.metric.Scores;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.run.PhaseClock;
import io.nepenthe.run.RunListener;
import io.nepenthe.run.RunPlan;
import io.nepenthe.run.RunSettings;
import io.nepenthe.run.SuiteRun;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.runstore.TrialIdentity;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.wording.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs trials again, by the archive's own definition and jars, as a run would: in workers of their
 * own. Where the same libraries compute on the same processor, weights must be equal to the bit;
 * elsewhere, scores must be close.
 */
final class TrialRerun {
  /** Points of a percentage by which another platform may differ. */
  static final double POINTS = 10;

  /** Share of a perplexity by which another platform may differ. */
  static final double PERPLEXITY = 0.1;

  private static final double FACTOR_OF_TIMES = 10;
  private static final double SECONDS_OF_WARM_UP = 0.5;

  private final Evidence evidence;
  private final PluginCatalog plugins;
  private final RunSettings settings;
  private final RunListener listener;
  private final Findings findings;
  private boolean samePlatform = true;

  /**
   * Prepares it.
   *
   * @param settings with an empty folder for the results
   */
  TrialRerun(
      Evidence evidence,
      PluginCatalog plugins,
      RunSettings settings,
      RunListener listener,
      Findings findings) {
    this.evidence = evidence;
    this.plugins = plugins;
    this.settings = settings;
    this.listener = listener;
    this.findings = findings;
  }

  /** Runs as many trials again, or all if there are not so many. */
  Verification.Rerun run(int number, long seed) {
    List<TrialResult> all =
        evidence.trials().stream().sorted(Comparator.comparing(TrialResult::id)).toList();
    int[] order = RandomStreams.permutation(all.size(), new RandomStreams(seed).stream("re-run"));
    List<TrialResult> sample = Arrays.stream(order).limit(number).mapToObj(all::get).toList();
    List<String> ids = new ArrayList<>();
    for (TrialResult trial : sample) {
      ids.add(trial.id());
      again(trial).ifPresent(again -> compare(trial, again));
      listener.progressed("trials run again", ids.size(), sample.size());
    }
    findings.pass(
        Rule.RERUN,
        "%d of %d trials, drawn by seed %d, give the same %s"
            .formatted(
                ids.size(),
                all.size(),
                seed,
                samePlatform ? "weights" : "scores, as far as another platform does"));
    return new Verification.Rerun(
        seed, ids, all.size(), samePlatform, settings.workers().sandbox());
  }

  private Optional<TrialResult> again(TrialResult trial) {
    TrialIdentity identity = trial.identity();
    try {
      SuiteRun run =
          new SuiteRun(
              RunPlan.of(identity.alone(evidence.run().suite()), plugins),
              settings,
              listener,
              new PhaseClock());
      run.execute();
      Optional<TrialResult> again =
          run.store().trials().stream()
              .filter(each -> each.identity().anywhere().equals(identity.anywhere()))
              .findAny();
      if (again.isEmpty()) {
        findings.fail(Rule.RERUN, trial.id() + " left no result when run again");
      }
      original(run.store(), identity);
      return again;
    } catch (NepentheException e) {
      findings.question(
          Rule.RERUN, trial.id() + " could not be run again here: " + Words.line(e.getMessage()));
      return Optional.empty();
    }
  }

  private void original(RunStore store, TrialIdentity identity) {
    String id = OriginalResult.id(identity.task(), identity.seed());
    Optional<OriginalResult> here = store.original(id);
    Optional<OriginalResult> told =
        evidence.originals().stream().filter(each -> each.id().equals(id)).findAny();
    if (here.isEmpty() || told.isEmpty()) {
      return;
    }
    if (!here.get().dataHash().equals(told.get().dataHash())) {
      findings.fail(Rule.RERUN, id + " has other rows here");
    }
    boolean same = isSamePlatform(here.get().provenance(), told.get().provenance());
    if (same && !here.get().checkpointHash().equals(told.get().checkpointHash())) {
      findings.fail(Rule.RERUN, id + ": the original model has other weights here");
    }
    compareScores(id, told.get().scores(), here.get().scores(), same);
  }

  private void compare(TrialResult told, TrialResult here) {
    boolean same = isSamePlatform(here.provenance(), told.provenance());
    samePlatform &= same;
    if (!told.outcome().getClass().equals(here.outcome().getClass())) {
      findings.fail(
          Rule.RERUN,
          "%s: it ended as %s, here as %s".formatted(told.id(), words(told), words(here)));
      return;
    }
    if (same
        && !(Objects.equals(told.mitigatedHash(), here.mitigatedHash())
            && Objects.equals(told.changedEntries(), here.changedEntries()))) {
      findings.fail(Rule.RERUN, told.id() + ": it leaves other weights here");
    }
    if (told.after() != null && here.after() != null) {
      compareScores(told.id(), told.after(), here.after(), same);
      if (same
          && !(Objects.equals(told.afterSplit(), here.afterSplit())
              && Objects.equals(told.curve(), here.curve()))) {
        findings.fail(Rule.RERUN, told.id() + ": its halves or its curve have other scores here");
      }
    }
    compareTimes(told, here, same);
  }

  private static String words(TrialResult trial) {
    return trial.outcome().getClass().getSimpleName() + " " + trial.outcome().explanation();
  }

  private void compareScores(String id, Scores told, Scores here, boolean same) {
    if (same && !told.equals(here)) {
      findings.fail(Rule.RERUN, id + ": other scores here: " + difference(told, here));
    } else if (!isClose(told.memorizedPercent(), here.memorizedPercent(), POINTS)
        || !isClose(told.accuracyPercent(), here.accuracyPercent(), POINTS)
        || !(Math.abs(Math.log(told.perplexity() / here.perplexity())) <= PERPLEXITY)) {
      findings.fail(
          Rule.RERUN,
          id
              + ": scores farther from those here than "
              + POINTS
              + " points or "
              + 100 * PERPLEXITY
              + " % of the perplexity: "
              + difference(told, here));
    }
  }

  private static String difference(Scores told, Scores here) {
    for (Metric metric : Metrics.all()) {
      if (!Objects.equals(told.of(metric), here.of(metric))) {
        return metric.id() + " is " + told.of(metric) + ", here " + here.of(metric);
      }
    }
    return "counts or single test sets differ";
  }

  private static boolean isClose(@Nullable Double told, @Nullable Double here, double points) {
    return (told == null || here == null)
        ? Objects.equals(told, here)
        : Math.abs(told - here) <= points;
  }

  private void compareTimes(TrialResult told, TrialResult here, boolean same) {
    if (told.time() == null || here.time() == null) {
      return;
    }
    if (same && !Objects.equals(told.time().cost(), here.time().cost())) {
      findings.fail(
          Rule.RERUN,
          "%s: its work was %s, here %s"
              .formatted(told.id(), told.time().cost(), here.time().cost()));
    }
    double one = told.time().seconds();
    double other = here.time().seconds();
    if (Math.abs(one - other) > SECONDS_OF_WARM_UP
        && (one > other * FACTOR_OF_TIMES || other > one * FACTOR_OF_TIMES)) {
      findings.question(Rule.TIMES, "%s took %s s, here %s s".formatted(told.id(), one, other));
    }
  }

  private static boolean isSamePlatform(Provenance one, Provenance other) {
    return one.cpu().equals(other.cpu())
        && one.libtorch().equals(other.libtorch())
        && one.djl().equals(other.djl())
        && one.threads() == other.threads()
        && Objects.equals(one.gpu(), other.gpu())
        && system(one).equals(system(other));
  }

  /** Returns the family of an operating system: its versions compute alike. */
  private static String system(Provenance by) {
    for (String family : new String[] {"Windows", "mac", "Linux"}) {
      if (by.os().contains(family)) {
        return family;
      }
    }
    return by.os();
  }
}
