package io.nepenthe.editing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.nepenthe.model.Weights;
import io.nepenthe.model.gpt2.Gpt2;
import io.nepenthe.model.gpt2.Gpt2Config;
import io.nepenthe.plugin.Given;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.AdamWSettings;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.OptimizerState;
import io.nepenthe.training.TrainingSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MaskTrainingTest {
  private static final String MATRIX = "transformer.h.0.mlp.c_fc.weight";

  private record Point(int epochs) {}

  private final Gpt2 model = new Gpt2(Gpt2Config.tinyMem(11, 8, 8, 1, 2));
  private final RandomStreams streams = new RandomStreams(1);
  private final NDManager manager = Torch.newManager(Device.cpu());
  private final Weights weights =
      Weights.of(model.layout(), manager, model.initialValues(streams.stream("init")));
  private final List<String> progress = new ArrayList<>();
  private final List<Integer> seen = new ArrayList<>();

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void everyPointIsASnapshotOfTheOneRun() {
    List<Point> points = List.of(new Point(3), new Point(1));
    Map<Point, EntryMasks> found = run(points, 0.25);
    assertEquals(List.of(10, 11, 20, 21, 30, 31), seen);
    assertEquals(List.of("0/6", "1/6", "2/6", "3/6", "4/6", "5/6"), progress);
    assertEquals(Set.copyOf(points), found.keySet());
    EntryMasks first = found.get(new Point(1));
    EntryMasks last = found.get(new Point(3));
    assertEquals(List.of(new Point(1), new Point(3)), List.copyOf(found.keySet()), "in time");
    assertArrayEquals(
        run(List.of(new Point(1)), 0.25).get(new Point(1)).dropped(MATRIX), first.dropped(MATRIX));
    assertEquals(64, last.dropped(MATRIX).length); // a quarter of 8 x 32
  }

  @Test
  void aRatioThatDropsNothingIsNotTrained() {
    Map<Point, EntryMasks> found = run(List.of(new Point(20)), 1e-5);
    assertEquals(List.of(), seen);
    assertEquals(0, found.get(new Point(20)).dropped(MATRIX).length);
    assertEquals(List.of("0/1"), progress); // so that it can be cancelled
  }

  private Map<Point, EntryMasks> run(List<Point> points, double ratio) {
    MitigationContext context = context();
    Map<Point, EntryMasks> found = new LinkedHashMap<>();
    try (ScoreMasks masks =
        new ScoreMasks(model, weights, ratio, ScoreMasks.Sgd.TINY_MEM, context.random("scores"))) {
      new MaskTraining<>(masks, points, Point::epochs)
          .run(
              epoch -> List.of(new int[] {10 * epoch}, new int[] {10 * epoch + 1}),
              batch -> step(masks, batch[0]),
              context,
              found::put);
    }
    return found;
  }

  /** Any step does that changes the masks. */
  private void step(ScoreMasks masks, int row) {
    seen.add(row);
    masks.step(parameters -> parameters.get(MATRIX).square().sum());
  }

  private MitigationContext context() {
    TrainingSettings settings = new TrainingSettings(1, 1, AdamWSettings.paper(1e-3));
    return new MitigationContext(
        model,
        weights,
        Given.NOTHING,
        new MitigationContext.Trained(settings, 8, 1, OptimizerState.FRESH),
        Set.of(),
        streams,
        (done, total) -> progress.add(done + "/" + total));
  }
}
