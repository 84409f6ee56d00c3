package io.nepenthe.cli;

import io.nepenthe.original.Checkpoint;
import io.nepenthe.original.CheckpointFolder;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.nio.file.Path;

/** Refuses models that are more than their Hugging Face folder says. */
final class PlainModels {
  private PlainModels() {}

  /** Throws if a checkpoint of ours has its stream multiplied by position (quirk K1). */
  static void require(Path folder) {
    if (hasPositionFactors(folder)) {
      throw new NepentheException(
          ErrorCode.BAD_CHECKPOINT,
          folder
              + " is a model whose positions are masked at inference (quirk position-dropout), which no"
              + " Hugging Face model does. Only a run of its suite measures it.");
    }
  }

  private static boolean hasPositionFactors(Path folder) {
    if (!CheckpointFolder.holdsRecord(folder)) {
      return false;
    }
    try {
      return Checkpoint.read(folder).record().positionFactors() != null;
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.BAD_CHECKPOINT,
          folder
              + ": its training.json cannot be read ("
              + e.toString().lines().findFirst().orElse("")
              + "). Restore it, or remove it to take the model as it is.",
          e);
    }
  }
}
