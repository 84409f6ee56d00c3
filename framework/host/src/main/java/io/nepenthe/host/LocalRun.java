package io.nepenthe.host;

import io.nepenthe.data.BlockedNgrams;
import io.nepenthe.exchange.TrialTime;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.plugin.Progress;
import io.nepenthe.plugin.Regularizer;
import io.nepenthe.pluginhost.InstalledPlugin;
import io.nepenthe.pluginhost.LoadedPlugin;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A method that runs in this very process, for its weights: nothing is judged, so it need not be
 * kept apart.
 */
public final class LocalRun {
  private final InstalledPlugin plugin;
  private final MitigationMethod<?> method;

  /** Loads the plugin. */
  public LocalRun(InstalledPlugin plugin) {
    this.plugin = plugin;
    this.method = LoadedPlugin.method(plugin);
  }

  /** Returns true if the method takes part in training, and so cannot edit a trained model. */
  public boolean isRegularizer() {
    return method instanceof Regularizer<?>;
  }

  /**
   * Returns what a use makes of what the method makes of a model.
   *
   * @param use sees the edited model, whose weights are gone when it returns
   * @throws NepentheException if it fails, whatever it throws, or leaves weights that are no
   *     numbers
   */
  public <T> T edit(
      Original original,
      Map<String, Number> point,
      Progress progress,
      Function<EditedModel, T> use) {
    try (MitigationRunner runner = new MitigationRunner(original, progress)) {
      return use.apply(edited(runner, original.model(), point));
    }
  }

  private EditedModel edited(
      MitigationRunner runner, LanguageModel model, Map<String, Number> point) {
    OnlyPoint only = new OnlyPoint(runner.original());
    try {
      runner.run(method, List.of(point), only);
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (Throwable e) { // whatever a method throws
      throw failed(e);
    }
    if (only.edited == null) {
      throw failed(only.cause);
    }
    plugin
        .descriptor()
        .forbidden(only.edited.changed(), model)
        .ifPresent(
            why -> {
              throw failed(new NepentheException(ErrorCode.TRIAL_FAILED, why));
            });
    return only.edited;
  }

  private NepentheException failed(@Nullable Throwable cause) {
    if (cause instanceof NepentheException known && known.code() == ErrorCode.BAD_USAGE) {
      return known;
    }
    return new NepentheException(
        ErrorCode.TRIAL_FAILED,
        "method "
            + plugin.id()
            + " "
            + plugin.version()
            + " failed: "
            + (cause == null ? "it answered nothing" : WorkerLoop.reason(cause))
            + ". Nothing is written.",
        cause);
  }

  private static final class OnlyPoint implements MitigationRunner.Receiver {
    private final Weights original;
    private @Nullable EditedModel edited;
    private @Nullable Throwable cause;

    OnlyPoint(Weights original) {
      this.original = original;
    }

    @Override
    public void mitigated(int point, Weights weights, BlockedNgrams blocked, TrialTime time) {
      edited = new EditedModel(original, weights, blocked, time);
    }

    @Override
    public void failed(int point, Throwable why) {
      cause = why;
    }
  }
}
