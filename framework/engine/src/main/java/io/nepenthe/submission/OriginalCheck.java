package io.nepenthe.submission;

import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.TrialResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether every trial of a task and seed began with the one original model that is stored. */
final class OriginalCheck {
  private OriginalCheck() {}

  static void check(Evidence evidence, Findings findings) {
    Map<String, OriginalResult> originals = new HashMap<>();
    for (OriginalResult original : evidence.originals()) {
      originals.put(original.id(), original);
      List<OriginalResult.CurvePoint> curve = original.curve();
      boolean endsOtherwise =
          !curve.isEmpty() && !curve.get(curve.size() - 1).scores().equals(original.scores());
      if (endsOtherwise) {
        findings.fail(Rule.ORIGINALS, original.id() + ": its curve does not end at its scores");
      }
    }
    for (TrialResult trial : evidence.trials()) {
      OriginalResult original =
          originals.get(OriginalResult.id(trial.identity().task(), trial.identity().seed()));
      if (original == null) {
        continue; // the plan says so
      }
      boolean isOf =
          trial.isOf(original)
              && trial.before().equals(original.scores())
              && (trial.beforeSplit() == null || trial.beforeSplit().equals(original.split()));
      if (!isOf) {
        findings.fail(
            Rule.ORIGINALS,
            trial.id()
                + " began with another model, other rows or other scores than "
                + original.id());
      }
      Long changed = trial.changedEntries();
      if (changed != null && changed > original.parameters()) {
        findings.fail(Rule.SCORES, trial.id() + " changed more weights than there are: " + changed);
      }
    }
    findings.pass(Rule.ORIGINALS, "each trial began with the stored model of its task and seed");
  }
}
