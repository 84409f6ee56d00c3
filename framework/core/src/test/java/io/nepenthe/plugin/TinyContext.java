package io.nepenthe.plugin;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.model.Weights;
import io.nepenthe.model.gpt2.Gpt2;
import io.nepenthe.model.gpt2.Gpt2Config;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.AdamWSettings;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.OptimizerState;
import io.nepenthe.training.TrainingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Contexts of an untrained model that note the progress they are told. */
final class TinyContext implements AutoCloseable {
  private final NDManager manager = Torch.newManager(Device.cpu());
  private final Gpt2 model = new Gpt2(Gpt2Config.tinyMem(11, 8, 8, 1, 2));
  private final Weights weights = Weights.zeros(model.layout(), manager);
  private final List<String> progress = new ArrayList<>();

  MitigationContext context(Map<Need, Sequences> data) {
    return new MitigationContext(
        model,
        weights,
        Given.of(data, new Window(4, 1)),
        new MitigationContext.Trained(
            new TrainingSettings(1, 1, AdamWSettings.paper(1e-3)), 8, 1, OptimizerState.FRESH),
        Set.of(),
        new RandomStreams(1),
        (done, total) -> progress.add(done + "/" + total));
  }

  List<String> progress() {
    return progress;
  }

  @Override
  public void close() {
    manager.close();
  }
}
