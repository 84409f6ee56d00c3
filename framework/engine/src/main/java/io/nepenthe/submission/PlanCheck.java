package io.nepenthe.submission;

import io.nepenthe.json.Json;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.PlannedResults;
import io.nepenthe.runstore.PlannedTrials;
import io.nepenthe.runstore.RunFile;
import io.nepenthe.runstore.TimingResult;
import io.nepenthe.runstore.TrialIdentity;
import io.nepenthe.runstore.TrialResult;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Whether the results are those that the definition asks for: none left out, none beside. */
final class PlanCheck {
  private final Evidence evidence;
  private final Findings findings;
  private final PlannedResults planned;

  private PlanCheck(Evidence evidence, Findings findings) {
    this.evidence = evidence;
    this.findings = findings;
    this.planned = PlannedResults.of(evidence.run());
  }

  static void check(Evidence evidence, Findings findings) {
    PlanCheck check = new PlanCheck(evidence, findings);
    check.planFile();
    check.originals();
    check.trials();
    check.timings();
    long failed = evidence.trials().stream().filter(each -> each.outcome().hasFailed()).count();
    findings.pass(
        Rule.PLAN,
        evidence.originals().size()
            + " original models and "
            + evidence.trials().size()
            + " trials are there, as planned"
            + (failed == 0 ? "" : "; " + failed + " of them failed, with a reason"));
  }

  private void planFile() {
    RunFile run = evidence.run();
    if (!evidence.plan().holdsTheSameAs(PlannedTrials.of(run))) {
      findings.fail(Rule.PLAN, "plan.json is not the plan of run.json");
    }
    RunFile told = RunFile.of(run.suite(), run.methods(), run.secondsByPhase(), run.provenance());
    if (!Json.canonical(told).equals(Json.canonical(run))) {
      findings.fail(Rule.PLAN, "quirks or rules of selection in run.json are not its suite's");
    }
  }

  private void originals() {
    Set<String> absent = new HashSet<>(planned.originals());
    for (OriginalResult original : evidence.originals()) {
      absent.remove(original.id());
      if (!planned.holds(original)) {
        findings.fail(Rule.PLAN, "the original model " + original.id() + " is not of the plan");
      }
    }
    absent.stream()
        .sorted()
        .forEach(id -> findings.fail(Rule.PLAN, "the original model " + id + " is missing"));
  }

  private void trials() {
    Set<String> there = new HashSet<>();
    for (TrialResult trial : evidence.trials()) {
      if (!planned.holds(trial.identity())) {
        findings.fail(Rule.PLAN, "trial " + trial.id() + " is not of the plan");
      } else if (!there.add(key(trial.identity()))) {
        findings.fail(
            Rule.PLAN, "trial " + trial.id() + " is there twice, on other rows or models");
      }
    }
    for (TrialIdentity trial : planned.trials()) {
      if (!there.contains(key(trial))) {
        findings.fail(
            Rule.PLAN,
            "a trial is missing: %s seed %d %s %s"
                .formatted(trial.task(), trial.seed(), trial.method(), trial.hyperparameters()));
      }
    }
  }

  private static String key(TrialIdentity trial) {
    return Json.canonical(trial.anywhere());
  }

  private void timings() {
    Map<String, TrialResult> trials = new HashMap<>();
    evidence.trials().forEach(trial -> trials.put(trial.id(), trial));
    for (TimingResult timing : evidence.timings()) {
      for (TimingResult.Shot shot : timing.shots()) {
        TrialResult trial = trials.get(shot.trialId());
        boolean isOfTrial =
            trial != null
                && trial.isValid()
                && trial.identity().task().equals(timing.task())
                && trial.identity().method().equals(timing.method())
                && trial.identity().methodVersion().equals(timing.methodVersion())
                && trial.identity().jarSha256().equals(timing.jarSha256())
                && trial.identity().seed() == shot.seed()
                && trial.identity().hyperparameters().equals(shot.hyperparameters());
        if (!isOfTrial) {
          findings.fail(
              Rule.PLAN,
              "a timing of "
                  + timing.method()
                  + " on "
                  + timing.task()
                  + " is of no valid trial of it: "
                  + shot.trialId());
        }
      }
    }
  }
}
