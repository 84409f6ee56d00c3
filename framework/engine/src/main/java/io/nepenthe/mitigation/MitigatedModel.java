package io.nepenthe.mitigation;

import ai.djl.ndarray.NDManager;
import io.nepenthe.checkpoint.BlockedNgramsFile;
import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.data.BlockedNgrams;
import io.nepenthe.files.Folders;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Weights;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.tensor.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The model that a mitigation hands over: in the files, types and words of the one it is of. */
public final class MitigatedModel {
  private final Path original;
  private final LanguageModel model;

  /** Prepares to write models like the one in a folder. */
  public MitigatedModel(Path original, LanguageModel model) {
    this.original = original;
    this.model = model;
  }

  /**
   * Writes a model in place of what may be there.
   *
   * @param weights folder of those that a trial left
   * @param trial what was measured of them
   * @throws NepentheException with RUN_INCOMPLETE if they are others
   */
  public void write(Path weights, TrialResult trial, Path folder) {
    Path made = folder.resolveSibling(folder.getFileName() + ".new");
    try (NDManager manager = Torch.newManager(Torch.device("cpu"))) {
      Weights read = ModelFolder.readWeights(weights, model, manager);
      BlockedNgrams blocked = BlockedNgramsFile.read(weights, model);
      if (!blocked.hashWith(read.hash()).equals(trial.mitigatedHash())) {
        throw new NepentheException(
            ErrorCode.RUN_INCOMPLETE,
            weights
                + " does not hold what was measured. Remove it; the same command makes it again.");
      }
      Folders.delete(made);
      Folders.write(
          made,
          part -> {
            ModelFolder.writeLike(original, part, model, read);
            BlockedNgramsFile.write(part, blocked);
          });
      Folders.delete(folder);
      Files.move(made, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.IO, "cannot write the model to " + folder + " (" + e + ").", e);
    }
  }
}
