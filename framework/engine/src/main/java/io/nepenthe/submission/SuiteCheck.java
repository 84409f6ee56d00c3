package io.nepenthe.submission;

import io.nepenthe.json.Json;
import io.nepenthe.runstore.RunFile;
import io.nepenthe.suite.InclusionRule;
import io.nepenthe.suite.MethodChoice;
import io.nepenthe.suite.SelectionSpec;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.TaskSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether a run's suite is the one that is meant, to which methods may be added. */
public final class SuiteCheck {
  private final Suite has;
  private final Suite meant;
  private final Findings findings;

  private SuiteCheck(Suite has, Suite meant, Findings findings) {
    this.has = has;
    this.meant = meant.in(has.fidelity());
    this.findings = findings;
  }

  /**
   * Checks it.
   *
   * @param meant with whose time is the limit written out
   */
  static void check(RunFile run, Suite meant, Findings findings) {
    SuiteCheck check = new SuiteCheck(run.suite(), meant, findings);
    check.same("name", run.suite().name(), meant.name());
    check.same("seeds", run.suite().seeds(), meant.seeds());
    check.definitions();
    findings.pass(
        Rule.SUITE,
        "%s in %s fidelity, seeds %s, tasks %s"
            .formatted(
                meant.name(),
                run.suite().fidelity().id(),
                meant.seeds(),
                meant.tasks().stream().map(TaskSpec::id).toList()));
  }

  /**
   * Returns where a run's definition is another than a suite's, whatever its seeds are; a line
   * each.
   *
   * @param meant with whose time is the limit written out
   */
  public static List<String> differences(RunFile run, Suite meant) {
    Findings findings = new Findings();
    new SuiteCheck(run.suite(), meant, findings).definitions();
    return findings.results().stream()
        .filter(result -> result.verdict() == Verdict.FAIL)
        .flatMap(result -> result.found().stream())
        .toList();
  }

  private void definitions() {
    same("protocol", has.protocol(), meant.protocol());
    same("threads", has.threads(), meant.threads());
    same("device", has.device(), meant.device());
    if (!meant.challenges().isEmpty()) { // of a suite without, a run may take over another's
      same("challenges", has.challenges(), meant.challenges());
    }
    tasks();
    methods();
  }

  private void same(String what, Object mine, Object meant) {
    if (!mine.equals(meant)) {
      findings.fail(Rule.SUITE, what + ": " + mine + ", the suite says " + meant);
    }
  }

  private void tasks() {
    Map<String, TaskSpec> tasks = new LinkedHashMap<>();
    has.tasks().forEach(task -> tasks.put(task.id(), task));
    for (TaskSpec task : meant.tasks()) {
      TaskSpec mine = tasks.remove(task.id());
      if (mine == null) {
        findings.fail(Rule.SUITE, "task " + task.id() + " is left out");
      } else if (!mine.hash().equals(task.hash())
          || !Json.canonical(mine).equals(Json.canonical(task))) {
        findings.fail(Rule.SUITE, "task " + task.id() + " is not defined as in the suite");
      } else if (!isSameSelection(has.selection(mine), meant.selection(task))) {
        findings.fail(
            Rule.SUITE,
            "task %s: selection %s, the suite says %s"
                .formatted(task.id(), has.selection(mine), meant.selection(task)));
      }
    }
    tasks.keySet().forEach(id -> findings.fail(Rule.SUITE, "task " + id + " is not of the suite"));
  }

  /** Whose time is the limit matters where a rule asks for it. */
  private static boolean isSameSelection(SelectionSpec mine, SelectionSpec meant) {
    boolean isLimited = meant.inclusion() == InclusionRule.NO_SLOWER_THAN_LIMIT;
    return mine.limitedBy(isLimited ? mine.limit() : null)
        .equals(meant.limitedBy(isLimited ? meant.limit() : null));
  }

  private void methods() {
    Map<String, MethodChoice> choices = new LinkedHashMap<>();
    meant.methods().forEach(choice -> choices.put(choice.id(), choice));
    for (MethodChoice choice : has.methods()) {
      MethodChoice of =
          choices.getOrDefault(choice.id(), new MethodChoice(choice.id(), null, null));
      if (!Json.canonical(choice).equals(Json.canonical(of))) {
        findings.fail(
            Rule.SUITE,
            "method %s: grid %s and seeds %s, the suite has %s and %s"
                .formatted(choice.id(), choice.grid(), choice.seeds(), of.grid(), of.seeds()));
      }
    }
  }
}
