package io.nepenthe.cli;

import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.plugin.Given;
import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.plugin.Need;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.tensor.FloatType;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name other models that a method is to see, of the training of the one. */
final class ModelOptions {
  @Option(
      names = "--initial-weights",
      paramLabel = "DIR",
      description = "Model folder with the weights that training began with.")
  private @Nullable Path initial;

  @Option(
      names = "--checkpoint",
      paramLabel = "PASSES=DIR",
      description = "Model folder with the weights after so many passes. Repeatable.")
  private Map<Integer, Path> checkpoints = Map.of();

  /** Returns what is given, and the models that a method asks for beside it. */
  Given addedTo(
      Given given,
      String method,
      MethodDescriptor descriptor,
      LanguageModel model,
      FloatType computeType) {
    Given all = given;
    for (Need need : descriptor.allNeeds()) {
      if (need.isRows()) {
        continue;
      }
      Path folder = folder(need);
      if (folder != null) {
        requireLike(model, folder, need);
        all =
            all.with(
                need,
                manager -> ModelFolder.mapWeights(folder, model, manager).computedIn(computeType));
      } else if (descriptor.needs().contains(need)) {
        throw Usage.of(
            "apply",
            "method "
                + method
                + " needs "
                + option(need)
                + "DIR, a folder with the model "
                + what(need)
                + "; in a run of a suite it is there");
      }
    }
    return all;
  }

  private static String what(Need need) {
    return need.passes().isPresent()
        ? "after " + need.passes().getAsInt() + " passes of its training"
        : "as it was before its training";
  }

  private @Nullable Path folder(Need need) {
    return need.passes().isPresent() ? checkpoints.get(need.passes().getAsInt()) : initial;
  }

  private static String option(Need need) {
    return need.passes().isPresent()
        ? "--checkpoint " + need.passes().getAsInt() + "="
        : "--" + need.id() + " ";
  }

  private static void requireLike(LanguageModel model, Path folder, Need need) {
    PlainModels.require(folder);
    if (!ModelFolder.readModel(folder).layout().tensors().equals(model.layout().tensors())) {
      throw new NepentheException(
          ErrorCode.BAD_CHECKPOINT,
          folder
              + ", given as "
              + need.id()
              + ", has other tensors than --model. Give a model of the same architecture.");
    }
  }
}
