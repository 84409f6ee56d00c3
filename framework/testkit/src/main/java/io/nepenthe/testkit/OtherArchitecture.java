package io.nepenthe.testkit;

import ai.djl.ndarray.NDManager;
import io.nepenthe.data.Sequences;
import io.nepenthe.model.Architectures;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.ModelSize;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.Family;
import io.nepenthe.plugin.Given;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.MitigationContext.Trained;
import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.plugin.Need;
import io.nepenthe.plugin.Progress;
import io.nepenthe.plugin.Regularizer;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.AdamWSettings;
import io.nepenthe.tensor.FloatType;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.OptimizerState;
import io.nepenthe.training.Training;
import io.nepenthe.training.TrainingHook;
import io.nepenthe.training.TrainingSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Runs a method on a small untrained model of any architecture, with a few rows of the tiny model's
 * task: its layers, its matrices' orientation and its hidden units are other than the paper's, and
 * its vocabulary is larger.
 */
final class OtherArchitecture {
  private static final int ROWS = 4;

  /** More than the loss's head is computed of at once. */
  private static final int VOCABULARY = 1100;

  private static final TrainingSettings SETTINGS =
      new TrainingSettings(1, ROWS, new AdamWSettings(5e-3, 0.9, 0.98, 1e-8, 0.01));

  private final TinyFixture tiny = TinyFixture.trained();
  private final RandomStreams streams = new RandomStreams(1);
  private final LanguageModel model;
  private final FloatType stored;
  private final FloatType computed;

  OtherArchitecture(String type) {
    this(type, FloatType.FLOAT32, FloatType.FLOAT32);
  }

  /** Makes one whose weights are stored in a type, and computed in one. */
  OtherArchitecture(String type, FloatType stored, FloatType computed) {
    this.stored = stored;
    this.computed = computed;
    LanguageModel paper = tiny.model();
    this.model =
        Architectures.require(type).model(new ModelSize(VOCABULARY, paper.positions(), 16, 2, 2));
  }

  /** Checks that a method leaves finite weights, and changes what it may and nothing else. */
  <P extends Record> void check(ContractSubject<P> subject) {
    MitigationMethod<P> method = subject.method();
    try (Weights before = weights("original");
        Weights weights = before.copy()) {
      P point = subject.bound(subject.point());
      MitigationContext context =
          new MitigationContext(
              model,
              weights,
              given(subject.descriptor().allNeeds()),
              new Trained(SETTINGS, tiny.training().length(), 1, OptimizerState.FRESH),
              Quirk.of(subject.fidelity()),
              streams,
              Progress.SILENT);
      if (method instanceof Regularizer<P> regularizer) {
        train(regularizer, point, context);
      } else {
        MethodRunner.change(method, subject.point(), context);
      }
      String of = stored.inConfig() + " " + model.architecture().name();
      weights.firstNotFinite().ifPresent(what -> fail("a " + of + " has " + what + " afterwards"));
      Map<String, Long> changed = weights.changedEntries(before);
      subject
          .descriptor()
          .forbidden(changed, model)
          .ifPresent(why -> fail("in a " + of + " " + why));
      if (changed.isEmpty() && subject.descriptor().family() != Family.CONTROL) {
        fail("a " + of + " is as it was before the method");
      }
    }
  }

  private static void fail(String words) {
    throw new AssertionError(words);
  }

  private Weights weights(String stream) {
    float[] values = model.initialValues(streams.stream(stream));
    Weights wide = tiny.weights(model, values).computedIn(computed);
    if (stored == FloatType.FLOAT32) {
      return wide;
    }
    try (wide) {
      NDManager parent = wide.manager().getParentManager();
      Weights narrow = Weights.zeros(model.layout(), parent, tensor -> stored).computedIn(computed);
      narrow.set(wide);
      return narrow;
    }
  }

  private Given given(Set<Need> needs) {
    Map<Need, Sequences> rows = new HashMap<>();
    tiny.rows().forEach((need, all) -> rows.put(need, all.slice(0, Math.min(ROWS, all.rows()))));
    rows.keySet().retainAll(needs);
    needs.stream()
        .filter(need -> need.file().isPresent())
        .forEach(need -> rows.put(need, tiny.data().plantedTwins().slice(0, ROWS)));
    Given given = Given.of(rows, tiny.window()).padded(tiny.data().padding());
    for (Need need : needs) {
      if (!need.isRows()) {
        given =
            given.with(
                need,
                parent ->
                    Weights.of(
                            model.layout(), parent, model.initialValues(streams.stream(need.id())))
                        .computedIn(computed));
      }
    }
    return given;
  }

  private <P extends Record> void train(
      Regularizer<P> regularizer, P point, MitigationContext context) {
    Sequences all = tiny.data().train().slice(0, 2 * ROWS);
    Sequences rows = regularizer.trainingRows(all, context);
    TrainingHook hook = regularizer.hook(point, context);
    int length = tiny.training().length();
    try (Training training =
        new Training(
            model,
            context.weights(),
            rows,
            length,
            SETTINGS,
            hook,
            streams,
            OptimizerState.FRESH)) {
      training.pass(0);
    }
    Torch.withGradients(false, () -> hook.fold(model, context.weights()));
  }
}
