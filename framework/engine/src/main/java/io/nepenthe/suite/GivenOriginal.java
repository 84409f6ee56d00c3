package io.nepenthe.suite;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.corpus.Corpora;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.tensor.FloatType;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An original model that was trained elsewhere. Every seed of the suite takes it; what differs
 * between seeds is the randomness of data and methods.
 *
 * @param folder Hugging Face folder, absolute, within the working directory or within a folder that
 *     NEPENTHE_DATA names; {@code {step}} in it stands for the step
 * @param training how methods that train the model on do so; null where none is run
 * @param label the model's name in reports; that of the folder if left out
 * @param step steps of training the model has had, if the suite says so
 * @param model its kind and configuration, so that a suite can be described before the folder is
 *     there; null if only the folder says
 * @param weights the type they are stored in, so that their memory can be told before the folder is
 *     there; null if only the folder says
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GivenOriginal(
    String folder,
    @Nullable FurtherTraining training,
    @Nullable String label,
    @Nullable Long step,
    @Nullable ModelSpec model,
    @Nullable FloatType weights) {
  private static final String STEP = "{step}";

  /** Checks that there is a folder to read. */
  public GivenOriginal {
    if (folder == null || folder.isBlank()) {
      throw new IllegalArgumentException(
          "original.folder is missing; name the folder of a Hugging Face model");
    }
    if (folder.contains(STEP) && step == null) {
      throw new IllegalArgumentException(
          "original.folder is " + folder + ", so original.step must be given");
    }
    if (step != null && step < 0) {
      throw new IllegalArgumentException("original.step is " + step + ", must be at least 0");
    }
    if (model != null) {
      model.whole();
    }
  }

  /** Makes a model of which only the folder tells. */
  public GivenOriginal(String folder, @Nullable FurtherTraining training) {
    this(folder, training, null, null, null, null);
  }

  /** Returns the folder's path as the suite says it. */
  public String named() {
    return folder.replace(STEP, String.valueOf(step));
  }

  /** Returns where the folder lies; it need not be there. */
  public Path place() {
    return Corpora.standard().place(named());
  }

  /** Returns the model's name in reports. */
  public String title() {
    return label == null ? String.valueOf(Path.of(named()).getFileName()) : label;
  }

  /** Returns it without what does not change its numbers: the weights are told by their hash. */
  GivenOriginal anywhere() {
    return new GivenOriginal("anywhere", training, null, step, model, null);
  }

  /**
   * Returns the model, without weights; where its folder is not there, the one the suite describes.
   *
   * @throws NepentheException if it is another than the suite says, or too small for the task's
   *     rows
   */
  LanguageModel architecture(TaskSpec task) {
    Path place = place();
    if (model != null && !Files.isDirectory(place)) {
      return model.whole();
    }
    LanguageModel given = ModelFolder.readModel(place);
    if (model != null) {
      model.requireSame(given, task.id(), place);
    }
    int length = task.data().length();
    int ids = task.vocabulary().size();
    if (given.positions() < length || given.vocabulary() < ids) {
      throw new NepentheException(
          ErrorCode.BAD_SUITE,
          "task "
              + task.id()
              + ": the model in original.folder reads "
              + given.positions()
              + " tokens with ids below "
              + given.vocabulary()
              + ", the rows have "
              + length
              + " with ids below "
              + ids
              + ". Lower data.length, or give the model these rows are for.");
    }
    return given;
  }
}
