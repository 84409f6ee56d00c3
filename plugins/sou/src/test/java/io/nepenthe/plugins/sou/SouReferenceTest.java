package io.nepenthe.plugins.sou;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDScope;
import io.nepenthe.data.Sequences;
import io.nepenthe.editing.Edits;
import io.nepenthe.editing.EntryScores;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Need;
import io.nepenthe.plugin.Progress;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.tensor.Torch;
import io.nepenthe.testkit.TinyFixture;
import io.nepenthe.training.NextTokenLoss;
import io.nepenthe.training.TokenBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Compares SOU with its definition: a buffer that receives gradient after gradient of the whole
 * model, tensor after tensor, and all 512 samples of each block (UNLEARNING 9, Q-3).
 *
 * <p>F is inverted by a QR decomposition of the samples: where samples are as large and as parallel
 * as in reference fidelity, 64 bits are too few to update F⁻¹ sample by sample, and far too few to
 * invert the sum.
 */
class SouReferenceTest {
  private static final double RATIO = 0.05;
  private static final int BATCH = 64;
  private static final int SAMPLES = 512;
  private static final int BLOCK = 50;
  private static final double DAMPING = 1e-7;

  private final TinyFixture fixture = TinyFixture.trained();
  // Three mini-batches, the last one short, and no divisor of 512.
  private final Sequences rows = fixture.data().train().slice(0, 140);

  @Test
  void saliencyAndSelectionEqualTheDefinition() {
    compare(Set.of());
  }

  @Test
  void referenceFidelityNeverClearsTheBuffer() {
    compare(Set.of(Quirk.GRADIENTS_NEVER_CLEARED));
  }

  @Test
  void aModelThatIsDoneInSeveralPassesGetsTheSameSaliencies() {
    MitigationContext context =
        fixture.context(Map.of(Need.FORGET_SET, rows), Set.of(), 0, Progress.SILENT);
    EntryScores inOnePass = Sou.saliencies(Long.MAX_VALUE, context);
    EntryScores tensorByTensor = Sou.saliencies(1, context);
    for (TensorSpec tensor : Edits.editable(fixture.model())) {
      assertArrayEquals(
          inOnePass.get(tensor.name()).toFloatArray(),
          tensorByTensor.get(tensor.name()).toFloatArray(),
          tensor.name());
    }
    context.weights().close();
  }

  @Test
  void progressIsOneCountOverAllPasses() {
    List<String> progress = new ArrayList<>();
    MitigationContext context =
        fixture.context(
            Map.of(Need.FORGET_SET, rows),
            Set.of(),
            0,
            (done, total) -> progress.add(done + "/" + total));
    Sou.saliencies(1, context);
    int steps = Edits.editable(fixture.model()).size() * (3 + 1); // of a tensor: batches, itself
    assertEquals(IntStream.range(0, steps).mapToObj(i -> i + "/" + steps).toList(), progress);
    context.weights().close();
  }

  private void compare(Set<Quirk> quirks) {
    MitigationContext context =
        fixture.context(Map.of(Need.FORGET_SET, rows), quirks, 0, Progress.SILENT);
    float[][] gradients = gradients(context.weights());
    Map<String, double[]> expected = quirks.isEmpty() ? clean(gradients) : neverCleared(gradients);
    Sou.Hyperparameters point = new Sou.Hyperparameters(RATIO);
    EntryScores found = new Sou().localize(point, context);
    new Sou().edit(found, point, context);
    float[] edited = context.weights().toFloats();

    Set<Integer> dropped = new HashSet<>();
    for (TensorSpec tensor : Edits.editable(fixture.model())) {
      double[] saliencies = expected.get(tensor.name());
      float[] own = found.get(tensor.name()).toFloatArray();
      for (int i = 0; i < own.length; i++) {
        assertEquals(saliencies[i], own[i], 1e-5 * saliencies[i] + 1e-30, tensor.name() + " " + i);
      }
      int offset = (int) tensor.offset();
      largest(saliencies).forEach(i -> dropped.add(offset + i));
    }
    context.weights().close();
    float[] original = fixture.original();
    for (int i = 0; i < original.length; i++) {
      assertEquals(dropped.contains(i) ? 0 : original[i], edited[i] + 0f, "entry " + i); // -0 is 0
    }
  }

  private Map<String, double[]> clean(float[][] gradients) {
    Map<String, double[]> saliencies = new HashMap<>();
    for (TensorSpec tensor : Edits.editable(fixture.model())) {
      double[][] samples = new double[SAMPLES][];
      for (int c = 0; c < SAMPLES; c++) {
        double[] buffer = new double[gradients[0].length];
        add(buffer, gradients[c % gradients.length]);
        samples[c] = part(buffer, tensor.name());
      }
      saliencies.put(tensor.name(), saliencies(tensor.name(), samples));
    }
    return saliencies;
  }

  private Map<String, double[]> neverCleared(float[][] gradients) {
    Set<String> editable = new HashSet<>();
    Edits.editable(fixture.model()).forEach(tensor -> editable.add(tensor.name()));
    Map<String, double[]> saliencies = new HashMap<>();
    double[] buffer = new double[gradients[0].length];
    for (float[] gradient : gradients) {
      add(buffer, gradient);
    }
    for (TensorSpec tensor : fixture.model().layout().tensors()) {
      double[][] samples = new double[SAMPLES][];
      for (int c = 0; c < SAMPLES; c++) {
        add(buffer, gradients[c % gradients.length]);
        samples[c] = part(buffer, tensor.name());
      }
      if (editable.contains(tensor.name())) {
        saliencies.put(tensor.name(), saliencies(tensor.name(), samples));
      }
    }
    return saliencies;
  }

  private double[] saliencies(String tensor, double[][] samples) {
    float[] original = fixture.original();
    int offset = (int) fixture.model().layout().tensor(tensor).offset();
    double[] saliencies = new double[samples[0].length];
    for (int from = 0; from < saliencies.length; from += BLOCK) {
      double[][] r = triangle(stacked(samples, from));
      for (int i = from; i < Math.min(from + BLOCK, saliencies.length); i++) {
        double weight = original[offset + i];
        saliencies[i] = weight * weight / (2 * inverseDiagonal(r, i - from));
      }
    }
    return saliencies;
  }

  /** Returns a block's samples / sqrt(512), over sqrt(damping) I, column after column. */
  private static double[][] stacked(double[][] samples, int from) {
    double[][] columns = new double[BLOCK][SAMPLES + BLOCK];
    for (int c = 0; c < SAMPLES; c++) {
      double[] part = Arrays.copyOfRange(samples[c], from, from + BLOCK); // padded by zeros
      for (int i = 0; i < BLOCK; i++) {
        columns[i][c] = part[i] / Math.sqrt(SAMPLES);
      }
    }
    for (int i = 0; i < BLOCK; i++) {
      columns[i][SAMPLES + i] = Math.sqrt(DAMPING);
    }
    return columns;
  }

  /** Returns R of the columns' QR decomposition, by Gram and Schmidt; overwrites the columns. */
  private static double[][] triangle(double[][] columns) {
    double[][] r = new double[columns.length][columns.length];
    for (int k = 0; k < columns.length; k++) {
      double length = Math.sqrt(product(columns[k], columns[k]));
      double[] unit = Arrays.stream(columns[k]).map(x -> x / length).toArray();
      r[k][k] = length;
      for (int j = k + 1; j < columns.length; j++) {
        r[k][j] = product(unit, columns[j]);
        for (int i = 0; i < unit.length; i++) {
          columns[j][i] -= r[k][j] * unit[i];
        }
      }
    }
    return r;
  }

  private static double product(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** Returns [(RᵀR)⁻¹]ᵢᵢ, the squared length of row i of R⁻¹. */
  private static double inverseDiagonal(double[][] r, int i) {
    double[] row = new double[r.length];
    for (int k = i; k < r.length; k++) {
      double sum = k == i ? 1 : 0;
      for (int j = i; j < k; j++) {
        sum -= row[j] * r[j][k];
      }
      row[k] = sum / r[k][k];
    }
    return product(row, row);
  }

  private double[] part(double[] buffer, String tensor) {
    TensorSpec spec = fixture.model().layout().tensor(tensor);
    return Arrays.copyOfRange(buffer, (int) spec.offset(), (int) (spec.offset() + spec.size()));
  }

  private static void add(double[] buffer, float[] gradient) {
    for (int i = 0; i < buffer.length; i++) {
      buffer[i] += gradient[i];
    }
  }

  private float[][] gradients(Weights weights) {
    float[][] gradients = new float[(rows.rows() + BATCH - 1) / BATCH][];
    for (int b = 0; b < gradients.length; b++) {
      int to = Math.min((b + 1) * BATCH, rows.rows());
      gradients[b] = gradient(weights, IntStream.range(b * BATCH, to).toArray());
    }
    return gradients;
  }

  private float[] gradient(Weights weights, int[] batchRows) {
    float[][] gradient = new float[1][];
    Torch.withGradients(
        true,
        () -> {
          weights.flat().setRequiresGradient(true);
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            TokenBatch batch =
                TokenBatch.of(weights.manager(), rows, batchRows, fixture.training().length());
            Torch.backward(NextTokenLoss.mean(fixture.model(), weights.parameters(), batch));
            gradient[0] = weights.flat().getGradient().toFloatArray();
            Torch.zeroGradient(weights.flat());
          }
          weights.flat().setRequiresGradient(false);
        });
    return gradient[0];
  }

  private static List<Integer> largest(double[] saliencies) {
    return IntStream.range(0, saliencies.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -saliencies[i]))
        .limit((long) (saliencies.length * RATIO))
        .toList();
  }
}
