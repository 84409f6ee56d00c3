package io.nepenthe.plugin;

import ai.djl.ndarray.NDManager;
import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.data.Windows;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Weights;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.training.BatchLoss;
import io.nepenthe.training.OptimizerState;
import io.nepenthe.training.TokenBatch;
import io.nepenthe.training.Training;
import io.nepenthe.training.TrainingHook;
import io.nepenthe.training.TrainingSettings;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Everything a method may use: the model, the data its descriptor asks for, randomness, progress
 * and cancellation. Evaluation data is not among it.
 *
 * <p>All randomness is derived from the run seed; {@link #random} starts anew at every call, so
 * that equal calls give equal results. Not thread-safe.
 */
public final class MitigationContext {
  private final LanguageModel model;
  private final Weights weights;
  private final Given given;
  private final Trained trained;
  private final Set<Quirk> quirks;
  private final RandomStreams streams;
  private final Progress progress;
  private final RowsAtOnce rowsAtOnce;

  /**
   * What training left behind.
   *
   * @param settings how the model was trained, and so how it is trained on; null if unknown
   * @param length how many leading columns were trained
   * @param passes how many passes were made
   * @param optimizer what the optimizer remembers
   */
  public record Trained(
      @Nullable TrainingSettings settings, int length, int passes, OptimizerState optimizer) {
    /**
     * Returns how the model is trained on.
     *
     * @throws NepentheException if nobody said
     */
    public TrainingSettings requireSettings() {
      if (settings == null) {
        throw new NepentheException(
            ErrorCode.BAD_USAGE,
            "the method trains the model on, and nothing says how it was trained: set"
                + " original.training (batchSize, learningRate) of the task in the suite");
      }
      return settings;
    }
  }

  /**
   * Makes a context.
   *
   * @param weights the original model's, to be edited in place
   * @param given what the descriptor asks for, and nothing else
   * @param quirks the reference's defects to reproduce; none in clean fidelity
   * @param streams where {@link #random} comes from
   */
  public MitigationContext(
      LanguageModel model,
      Weights weights,
      Given given,
      Trained trained,
      Set<Quirk> quirks,
      RandomStreams streams,
      Progress progress) {
    this(model, weights, given, trained, quirks, streams, progress, new RowsAtOnce());
  }

  /**
   * Makes a context, as the other does.
   *
   * @param rowsAtOnce what {@link #rowsAtOnce} asks
   */
  public MitigationContext(
      LanguageModel model,
      Weights weights,
      Given given,
      Trained trained,
      Set<Quirk> quirks,
      RandomStreams streams,
      Progress progress,
      RowsAtOnce rowsAtOnce) {
    this.rowsAtOnce = rowsAtOnce;
    this.model = model;
    this.weights = weights;
    this.given = given;
    this.trained = trained;
    this.quirks = Set.copyOf(quirks);
    this.streams = streams;
    this.progress = progress;
  }

  /** Returns the architecture. */
  public LanguageModel model() {
    return model;
  }

  /** Returns the weights to edit; the context's owner closes them. */
  public Weights weights() {
    return weights;
  }

  /**
   * Returns the artifact rows the original model reproduces, S in the paper.
   *
   * @throws NepentheException if there are none
   */
  public Sequences forgetSet() {
    Sequences memorized = get(Need.FORGET_SET);
    if (memorized.isEmpty()) {
      throw new NepentheException(
          ErrorCode.BAD_USAGE,
          "there are no rows to forget: give the method at least one that the model reproduces");
    }
    return memorized;
  }

  /** Returns rows whose behaviour is to be kept, R in the paper. */
  public Sequences retainSet() {
    return get(Need.RETAIN_SET);
  }

  /** Returns the clean rows that the planted artifact rows replaced. */
  public Sequences twins() {
    return get(Need.TWINS);
  }

  /**
   * Returns the clean rows in whose place the rows to forget stand: row i in that of row i of
   * {@link #forgetSet}.
   */
  public Sequences forgetTwins() {
    return get(Need.FORGET_TWINS);
  }

  /** Returns the training rows that are no artifacts. */
  public Sequences extra() {
    return get(Need.EXTRA);
  }

  /**
   * Returns clean rows of the task that the original model was not trained on and that nothing is
   * judged on: to stop early, or to choose between several results. They are drawn apart from the
   * judge's, so what is chosen on them is not chosen on what is reported.
   */
  public Sequences validation() {
    return get(Need.VALIDATION);
  }

  /**
   * Returns the rows of a file that the suite names among the {@code files} of the task, or that
   * lies in the folder of a task of given rows: paraphrases, reference answers, a corpus, whatever
   * the method says.
   *
   * @param name as in {@code file:NAME} among the needs
   */
  public Sequences file(String name) {
    return get(Need.file(name));
  }

  /**
   * Returns a copy of the weights that training began with, on the device of {@link #weights};
   * close it.
   */
  public Weights initialWeights() {
    return model(Need.INITIAL_WEIGHTS);
  }

  /** Returns a copy of the weights after so many passes, as the other method does; close it. */
  public Weights checkpoint(int passes) {
    return model(Need.checkpoint(passes));
  }

  /**
   * Returns true if something was given. What the descriptor says it cannot do without always is;
   * ask before use of what it calls optional.
   */
  public boolean has(Need need) {
    return given.has(need);
  }

  /** Returns the id that fills rows up to their length; empty if that is not known. */
  public OptionalInt padding() {
    return given.padding();
  }

  private Weights model(Need need) {
    Function<NDManager, Weights> model = given.models().get(need);
    if (model == null) {
      throw notGiven(need);
    }
    return model.apply(weights.manager().getParentManager());
  }

  private Sequences get(Need need) {
    Sequences rows = given.rows().get(need);
    if (rows == null) {
      throw notGiven(need);
    }
    return rows;
  }

  private static IllegalStateException notGiven(Need need) {
    return new IllegalStateException(
        "the method reads its %s, which it was not given: add \"%s\" to needs in %s, or call it only if context.has says so where it is among optionalNeeds"
            .formatted(need.id(), need.id(), MethodDescriptor.RESOURCE));
  }

  /**
   * Returns which tokens of each row to forget are given, and which are compared: those it is
   * judged on. Row i of {@link #forgetSet} has window i.
   *
   * @throws NepentheException if a prompt leaves nothing of its row
   */
  public Windows windows() {
    int length = get(Need.FORGET_SET).length();
    for (Window window : given.windows().rows()) {
      if (window.prompt() >= length) {
        throw new NepentheException(
            ErrorCode.BAD_USAGE,
            "the prompt has "
                + window.prompt()
                + " tokens, must have fewer than the "
                + length
                + " of the rows to forget: say by --prompt how many come before what is"
                + " memorized.");
      }
    }
    return given.windows();
  }

  /** Returns true if the reference's defect is to be reproduced. */
  public boolean reproduces(Quirk quirk) {
    return quirks.contains(quirk);
  }

  /** Returns a new generator, at its start, for the named purpose. */
  public RandomGenerator random(String purpose) {
    return streams.stream("method/" + purpose);
  }

  /**
   * Returns how many rows to put through the model at once, where the result does not depend on
   * that but in the order of sums: as many as the method would, or fewer if a GPU's memory was too
   * small for them before. A method that never asks is not run again with fewer.
   *
   * @param usual the number that is best where memory is ample
   */
  public int rowsAtOnce(int usual) {
    return rowsAtOnce.of(usual);
  }

  /** Returns how the model was trained. */
  public Trained trained() {
    return trained;
  }

  /** Returns how many leading columns of some rows training computes. */
  public int trainedLength(Sequences rows) {
    return Math.min(trained.length(), rows.length());
  }

  /**
   * Trains the weights on, on other rows, where the model's own training ended: its learning rate,
   * batch size and what its optimizer remembers.
   *
   * @param epochs passes over the rows
   */
  public void trainOn(Sequences rows, int epochs) {
    TrainingSettings settings = trained.requireSettings();
    passes(training(rows, settings, TrainingHook.NONE, trained.optimizer()), epochs);
  }

  /**
   * Trains the weights by steps of AdamW, which remembers nothing at first, on a loss of the
   * method's own. A method of gradient ascent is its loss:
   *
   * <pre>{@code
   * TrainingSettings settings = context.trained().requireSettings().at(1e-4);
   * context.train(
   *     context.forgetSet(),
   *     1,
   *     settings,
   *     (batch, parameters) -> NextTokenLoss.mean(context.model(), parameters, batch).neg());
   * }</pre>
   *
   * <p>Progress, cancellation and the order of the rows are taken care of. A batch's arrays, and
   * those that a loss makes, are freed after each step. What {@code train} does in one step, for a
   * method that steps in another way:
   *
   * <pre>{@code
   * NDArray flat = context.weights().flat(); // (P)
   * try (AdamW optimizer = new AdamW(settings.optimizer(), List.of(flat))) {
   *   Torch.withGradients(true, () -> {
   *     flat.setRequiresGradient(true);
   *     try (NDScope scope = new NDScope()) { // frees what is made within
   *       scope.suppressNotUsedWarning();
   *       TokenBatch batch = TokenBatch.of(flat.getManager(), rows, new int[] {0, 1});
   *       Parameters parameters = context.weights().parameters(); // differentiable in flat
   *       NDArray loss = NextTokenLoss.mean(context.model(), parameters, batch);
   *       Torch.backward(loss);
   *       optimizer.step(); // and sets the gradient to zero
   *     } finally {
   *       flat.setRequiresGradient(false);
   *     }
   *   });
   * }
   * }</pre>
   *
   * @param rows what batches are made of; {@link TokenBatch#row} is an index into them
   * @param epochs passes over the rows
   * @param settings batch size and optimizer; their number of passes is not looked at
   */
  public void train(Sequences rows, int epochs, TrainingSettings settings, BatchLoss loss) {
    train(rows, epochs, settings, TrainingHook.of(loss));
  }

  /** Trains as the other method does, by a hook: per-token losses, changed gradients, schedules. */
  public void train(Sequences rows, int epochs, TrainingSettings settings, TrainingHook hook) {
    passes(training(rows, settings, hook), epochs);
  }

  /**
   * Returns a training of the weights whose passes or steps the method takes itself, to stop when
   * it sees fit; close it. The optimizer remembers nothing at first. Call {@link #progress} between
   * passes: it stops a method that was cancelled.
   */
  public Training training(Sequences rows, TrainingSettings settings, TrainingHook hook) {
    return training(rows, settings, hook, OptimizerState.FRESH);
  }

  private Training training(
      Sequences rows, TrainingSettings settings, TrainingHook hook, OptimizerState state) {
    return new Training(model, weights, rows, trainedLength(rows), settings, hook, streams, state);
  }

  private void passes(Training begun, int epochs) {
    try (Training training = begun) {
      for (int epoch = 0; epoch < epochs; epoch++) {
        int before = epoch;
        training.pass(
            trained.passes() + epoch,
            (done, total) -> progress(before * total + done, epochs * total));
      }
    }
  }

  /** Says how far the method is, and stops it if it was cancelled. */
  public void progress(long done, long total) {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("cancelled after " + done + " of " + total + " steps");
    }
    progress.update(done, total);
  }
}
