package io.nepenthe.scaling;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.report.paper.PaperTimes;
import io.nepenthe.run.RunPlan;
import io.nepenthe.run.WorkUnit;
import io.nepenthe.run.WorkUnit.Kind;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.task.language.LanguageArtifact;
import io.nepenthe.task.language.LanguageDataSpec;
import io.nepenthe.task.math.Artifact;
import io.nepenthe.task.math.MathDataSpec;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the units of a plan take on the paper's GPU, by the times it prints for models of four
 * layers. Layers cost alike. A pass of training takes what a pass of fine-tuning on all rows but
 * the artifacts took, by rows.
 */
final class PaperSeconds {
  /** Rows of that fine-tuning on the paper's smallest math task: DATA 1.3. */
  private static final double TUNED_ROWS = 26_000;

  private static final double TUNED_PASSES = 5;
  private static final String TUNED = "Extra FT";

  private final RunPlan plan;
  private final double ofATrial;
  private final Map<String, @Nullable String> names = new HashMap<>();

  /**
   * Prepares.
   *
   * @param ofATrial what a trial takes beside its method: to begin, to load, to measure
   */
  PaperSeconds(RunPlan plan, double ofATrial) {
    this.plan = plan;
    this.ofATrial = ofATrial;
    plan.plugins().forEach(plugin -> names.put(plugin.id(), plugin.descriptor().paperName()));
  }

  /** Returns the seconds of a unit. */
  double of(WorkUnit unit) {
    TaskSpec task = plan.task(unit.task());
    double training = unit.kind() == Kind.TRAINING ? training(task) : 0;
    if (unit.method() == null) {
      return training + ofATrial;
    }
    double layers = (double) task.sized().layers() / PaperTimes.LAYERS;
    return training + layers * method(unit, task) + ofATrial * unit.results();
  }

  private double method(WorkUnit unit, TaskSpec task) {
    String name = names.get(unit.method());
    if (name == null) {
      return 0; // a control that the paper does not have
    }
    boolean isBackdoor = isBackdoor(task);
    return PaperTimes.seconds(name, isLanguage(task), artifact(isBackdoor))
        .orElseGet(
            () -> PaperTimes.seconds(name, isLanguage(task), artifact(!isBackdoor)).orElse(0));
  }

  private static double training(TaskSpec task) {
    if (task.isGiven()) {
      return 0;
    }
    double pass =
        PaperTimes.seconds(TUNED, isLanguage(task), artifact(isBackdoor(task))).orElseThrow()
            / TUNED_PASSES
            * task.sized().layers()
            / PaperTimes.LAYERS;
    double rows = task.data() instanceof MathDataSpec math ? rows(math) / TUNED_ROWS : 1;
    return task.trainedHere().passes() * pass * rows;
  }

  private static double rows(MathDataSpec data) {
    return data.primaryRows()
        - data.testRows()
        + data.auxiliary().size() * (double) (data.auxiliaryRows() - data.testRows());
  }

  private static boolean isLanguage(TaskSpec task) {
    if (task.data() instanceof MathDataSpec || task.data() instanceof LanguageDataSpec) {
      return task.data() instanceof LanguageDataSpec;
    }
    throw new NepentheException(
        ErrorCode.BAD_USAGE,
        "task "
            + task.id()
            + " is neither a math nor a language task: the paper prints no times for it.");
  }

  private static boolean isBackdoor(TaskSpec task) {
    return task.data() instanceof LanguageDataSpec language
        ? language.artifact() instanceof LanguageArtifact.Backdoor
        : task.data() instanceof MathDataSpec math && math.artifact() instanceof Artifact.Backdoor;
  }

  private static String artifact(boolean isBackdoor) {
    return isBackdoor ? "backdoor" : "noise";
  }
}
