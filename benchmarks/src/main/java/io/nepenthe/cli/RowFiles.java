package io.nepenthe.cli;

import io.nepenthe.data.Sequences;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.nio.file.Path;

/** Files of token ids that a model is to read. */
final class RowFiles {
  private RowFiles() {}

  /** Returns the rows of a file, none of which is too long or has an unknown token. */
  static Sequences fitting(Path file, LanguageModel model) {
    Sequences data = Sequences.readCsv(file);
    if (data.largestToken() >= model.vocabulary() || data.length() > model.positions()) {
      throw new NepentheException(
          ErrorCode.BAD_DATA,
          file
              + " has "
              + data
              + " up to id "
              + data.largestToken()
              + "; the model reads "
              + model.positions()
              + " tokens with ids below "
              + model.vocabulary()
              + ".");
    }
    return data;
  }

  /** Returns the rows of a file, at least one, in which there is something to predict. */
  static Sequences predictable(Path file, LanguageModel model) {
    Sequences data = fitting(file, model);
    if (data.isEmpty() || data.length() < 2) {
      throw new NepentheException(
          ErrorCode.BAD_DATA, file + " has " + data + "; give rows of at least 2 tokens.");
    }
    return data;
  }
}
