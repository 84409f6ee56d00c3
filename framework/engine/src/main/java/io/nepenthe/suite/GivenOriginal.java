package io.nepenthe.suite;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An original model that was trained elsewhere. Every seed of the suite takes it; what differs
 * between seeds is the randomness of data and methods.
 *
 * @param folder Hugging Face folder, absolute or within the working directory
 * @param training how methods that train the model on do so; null where none is run
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GivenOriginal(String folder, @Nullable FurtherTraining training) {
  /** Checks that there is a folder to read. */
  public GivenOriginal {
    if (folder == null || folder.isBlank()) {
      throw new IllegalArgumentException(
          "original.folder is missing; name the folder of a Hugging Face model");
    }
  }
}
