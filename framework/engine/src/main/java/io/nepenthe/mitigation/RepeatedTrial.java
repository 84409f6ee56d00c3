package io.nepenthe.mitigation;

import io.nepenthe.files.Folders;
import io.nepenthe.pluginhost.PluginCatalog;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.run.PhaseClock;
import io.nepenthe.run.RunListener;
import io.nepenthe.run.RunPlan;
import io.nepenthe.run.RunSettings;
import io.nepenthe.run.SuiteRun;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.suite.Suite;
import java.nio.file.Path;

/** Runs a trial once more, to have the model that it left: the best one, where another was kept. */
public final class RepeatedTrial {
  private final Suite suite;
  private final PluginCatalog plugins;
  private final RunListener listener;

  /**
   * Prepares it.
   *
   * @param suite that the trial is of
   * @param plugins of the run
   */
  public RepeatedTrial(Suite suite, PluginCatalog plugins, RunListener listener) {
    this.suite = suite;
    this.plugins = plugins;
    this.listener = listener;
  }

  /**
   * Returns a folder with the weights that it left.
   *
   * @param settings with a folder that is used, and then removed
   * @param kept folder for the weights
   */
  public Path weights(TrialResult trial, RunSettings settings, Path kept) {
    KeptModel model = new KeptModel(kept, 1, each -> each.id().equals(trial.id()));
    try {
      RunPlan plan = RunPlan.of(trial.identity().alone(suite), plugins);
      new SuiteRun(plan, settings, listener, new PhaseClock()).showing(model).execute();
    } finally {
      Folders.tryToDelete(settings.out());
    }
    return model
        .of(trial.identity().method(), trial.id())
        .orElseThrow(
            () ->
                new NepentheException(
                    ErrorCode.RUN_INCOMPLETE,
                    "the best trial, "
                        + trial.id()
                        + ", left no model when it was run again; the same command tries again."));
  }
}
