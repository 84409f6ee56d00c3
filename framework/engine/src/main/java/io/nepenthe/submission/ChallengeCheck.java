package io.nepenthe.submission;

import io.nepenthe.metric.Metric;
import io.nepenthe.metric.Metrics;
import io.nepenthe.metric.Scores;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.runstore.ChallengeResult;
import io.nepenthe.runstore.ChallengeResult.Reading;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.TrialIdentity;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.suite.ChallengeSpec;
import io.nepenthe.summary.ChallengedModel;
import io.nepenthe.summary.StoredRun;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether all models that the suite's challenges ask about were challenged, and no others, and
 * whether they are the models that were judged. What became of them is the submitter's word.
 */
final class ChallengeCheck {
  /** The challenge that measures all rows. */
  private static final String ON_ALL_ROWS = "rounding";

  private static final double ROUNDING = 1e-6;

  private final Evidence evidence;
  private final Findings findings;
  private final Map<ChallengedModel, Judged> judged = new HashMap<>();

  /**
   * What the judge said of a model, and where; of an original, the hash is that of a trial without
   * edits.
   */
  private record Judged(
      @Nullable String weightsHash, @Nullable Scores scores, Provenance provenance) {}

  private ChallengeCheck(Evidence evidence, Findings findings) {
    this.evidence = evidence;
    this.findings = findings;
  }

  static void check(StoredRun stored, Evidence evidence, Findings findings) {
    if (evidence.run().suite().challenges().isEmpty() && evidence.challenges().isEmpty()) {
      return;
    }
    ChallengeCheck check = new ChallengeCheck(evidence, findings);
    check.plan(ChallengedModel.of(stored));
    check.scores();
  }

  private void plan(List<ChallengedModel> models) {
    String asked = ChallengeSpec.hash(evidence.run().suite().challenges());
    Set<String> kinds = new HashSet<>();
    evidence.run().suite().challenges().forEach(each -> kinds.add(each.kind()));
    Set<ChallengedModel> absent = new HashSet<>(models);
    for (ChallengeResult result : evidence.challenges()) {
      if (!absent.remove(ChallengedModel.of(result))) {
        findings.fail(
            Rule.PLAN, "challenges " + result.id() + " are of no winner, or of one twice");
      }
      if (!result.challengesHash().equals(asked)
          || !kinds.containsAll(result.readings().stream().map(Reading::challenge).toList())) {
        findings.fail(Rule.PLAN, "challenges " + result.id() + " are not the suite's");
      }
    }
    models.stream()
        .filter(absent::contains)
        .forEach(model -> findings.fail(Rule.PLAN, model.inWords() + " was not challenged"));
  }

  private void scores() {
    Map<ChallengedModel, String> unchanged = new HashMap<>();
    for (TrialResult each : evidence.trials()) {
      TrialIdentity trial = each.identity();
      judged.put(
          new ChallengedModel(trial.task(), trial.seed(), trial.method(), each.id()),
          new Judged(each.mitigatedHash(), each.after(), each.provenance()));
      if (each.isUnchanged()) {
        unchanged.put(original(trial.task(), trial.seed()), each.mitigatedHash());
      }
    }
    for (OriginalResult each : evidence.originals()) {
      ChallengedModel model = original(each.task(), each.seed());
      judged.put(model, new Judged(unchanged.get(model), each.scores(), each.provenance()));
    }
    evidence.challenges().forEach(this::scores);
  }

  private static ChallengedModel original(String task, long seed) {
    return new ChallengedModel(task, seed, ChallengeResult.ORIGINAL, null);
  }

  private void scores(ChallengeResult result) {
    Judged model = judged.get(ChallengedModel.of(result));
    if (model == null) {
      return; // it is no part of the plan, which was said
    }
    if (model.weightsHash != null && !result.weightsHash().equals(model.weightsHash)) {
      findings.fail(
          Rule.SCORES, "challenges " + result.id() + ": other weights than those that were judged");
    }
    boolean here = Lock.platform(result.provenance()).equals(Lock.platform(model.provenance));
    for (Reading reading : result.readings()) {
      if (here
          && reading.challenge().equals(ON_ALL_ROWS)
          && reading.variant().equals(Reading.UNCHALLENGED)
          && model.scores != null) {
        asJudged(result, reading, model.scores);
      }
    }
  }

  /** On all rows, and on the platform where it was judged, a model reads as it did there. */
  private void asJudged(ChallengeResult result, Reading reading, Scores scores) {
    for (Metric metric : Metrics.all()) {
      Double read = reading.values().get(metric.id());
      Double known = scores.of(metric);
      if (read != null && known != null && Math.abs(read - known) > ROUNDING * Math.abs(known)) {
        findings.fail(
            Rule.SCORES,
            "challenges %s: %s is %s before any, and was judged as %s"
                .formatted(result.id(), metric.id(), read, known));
      }
    }
  }
}
