package io.nepenthe.worker;

import ai.djl.ndarray.NDManager;
import io.nepenthe.data.TaskData;
import io.nepenthe.model.Gpt2;
import io.nepenthe.model.Weights;
import io.nepenthe.original.Checkpoint;
import io.nepenthe.plugin.FineTuning;
import io.nepenthe.plugin.Localized;
import io.nepenthe.plugin.LocalizedUnlearning;
import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.plugin.Progress;
import io.nepenthe.plugin.Unlearning;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.runstore.TrialTime;
import io.nepenthe.suite.Json;
import io.nepenthe.tensor.Torch;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Runs a method on an original model: the one place where a method's clock is read, used by sweeps
 * and by JMH alike. Loading and saving are off the clock; the device is synchronised before each
 * reading.
 */
public final class MitigationRunner implements AutoCloseable {
  private final NDManager manager;
  private final Weights original;
  private final Weights edited;
  private final MitigationContext context;
  private final MitigationMethod<?> method;

  /** What becomes of each grid point. */
  public interface Receiver {
    /** The edited weights of a point are ready; they change when this returns. */
    void mitigated(int point, Weights weights, TrialTime time) throws IOException;

    /** A point failed. */
    void failed(int point, Throwable cause);
  }

  /** Loads the original model and builds the data the method asks for. */
  public MitigationRunner(
      WorkerRequest.MitigationJob job,
      MethodDescriptor descriptor,
      MitigationMethod<?> method,
      Progress progress)
      throws IOException {
    Path folder = Path.of(job.checkpoint());
    Checkpoint checkpoint = Checkpoint.read(folder);
    Gpt2 model = checkpoint.model();
    this.method = method;
    this.manager = Torch.newManager(Torch.device(job.plan().device()));
    this.original = Weights.of(model.layout(), manager, checkpoint.values());
    this.edited = original.copy();
    Set<Quirk> quirks = job.plan().quirks();
    TaskData data = job.plan().task().build(job.plan().seed(), quirks);
    int[] memorized = job.forgetRows().stream().mapToInt(Integer::intValue).toArray();
    this.context =
        new MitigationContext(
            model,
            edited,
            NeededRows.afterTraining(descriptor.needs(), data, quirks, memorized),
            new MitigationContext.Trained(
                job.plan().task().training().settings(),
                data.trainedLength(quirks),
                checkpoint.record().passes(),
                checkpoint.optimizer()),
            job.plan().task().window().prompt(),
            quirks,
            new RandomStreams(job.plan().seed()),
            progress);
  }

  /** Runs every point; a failing point does not stop the others, a failing localization does. */
  public void run(List<Map<String, Number>> points, Receiver receiver) throws IOException {
    runTyped(method, points, receiver);
  }

  private <P extends Record> void runTyped(
      MitigationMethod<P> typed, List<Map<String, Number>> points, Receiver receiver)
      throws IOException {
    Map<Integer, P> bound = new LinkedHashMap<>();
    for (int i = 0; i < points.size(); i++) {
      bound.put(i, bound(points.get(i), typed.hyperparameters()));
    }
    if (typed instanceof LocalizedUnlearning<P, ?> localized) {
      runLocalized(localized, bound, receiver);
      return;
    }
    for (Map.Entry<Integer, P> point : bound.entrySet()) {
      measured(
          point.getKey(),
          receiver,
          null,
          () -> {
            if (typed instanceof Unlearning<P> unlearning) {
              unlearning.mitigate(point.getValue(), context);
            } else if (typed instanceof FineTuning<P> fineTuning) {
              fineTuning.fineTune(point.getValue(), context);
            } else {
              throw new IllegalStateException("a regularizer runs in training, not after it");
            }
          });
    }
  }

  private static <P extends Record> P bound(Map<String, Number> point, Class<P> type) {
    try {
      return Json.mapper().convertValue(point, type);
    } catch (IllegalArgumentException e) {
      String components =
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getName)
              .collect(Collectors.joining(", ", "[", "]"));
      throw new IllegalArgumentException(
          "the descriptor's hyper-parameters "
              + point.keySet()
              + " do not fit its record "
              + type.getSimpleName()
              + components,
          e);
    }
  }

  private <P extends Record, L> void runLocalized(
      LocalizedUnlearning<P, L> typed, Map<Integer, P> points, Receiver receiver)
      throws IOException {
    edited.set(original);
    context.restartClock();
    Map<P, Localized<L>> found = typed.localize(List.copyOf(points.values()), context);
    for (Map.Entry<Integer, P> point : points.entrySet()) {
      Localized<L> localized = found.get(point.getValue());
      if (localized == null) {
        receiver.failed(
            point.getKey(),
            new IllegalStateException("localize returned nothing for " + point.getValue()));
        continue;
      }
      measured(
          point.getKey(),
          receiver,
          localized.seconds(),
          () -> typed.edit(localized.value(), point.getValue(), context));
    }
  }

  private void measured(
      int point,
      Receiver receiver,
      @org.jspecify.annotations.Nullable Double localizeSeconds,
      Runnable step)
      throws IOException {
    edited.set(original);
    context.restartClock();
    double seconds;
    try {
      step.run();
      seconds = context.elapsedSeconds();
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
      receiver.failed(point, e);
      return;
    }
    TrialTime time =
        localizeSeconds == null
            ? new TrialTime(seconds, null, null)
            : new TrialTime(localizeSeconds + seconds, localizeSeconds, seconds);
    receiver.mitigated(point, edited, time);
  }

  @Override
  public void close() {
    manager.close();
  }
}
