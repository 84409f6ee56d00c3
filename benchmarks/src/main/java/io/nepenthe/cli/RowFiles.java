package io.nepenthe.cli;

import io.nepenthe.data.Sequences;
import io.nepenthe.model.Gpt2;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.nio.file.Path;

/** Files of token ids that a model is to read. */
final class RowFiles {
  private RowFiles() {}

  /** Returns the rows of a file, none of which is too long or has an unknown token. */
  static Sequences fitting(Path file, Gpt2 gpt2) {
    Sequences data = Sequences.readCsv(file);
    if (data.largestToken() >= gpt2.vocabulary() || data.length() > gpt2.positions()) {
      throw new NepentheException(
          ErrorCode.BAD_DATA,
          file
              + " has "
              + data
              + " up to id "
              + data.largestToken()
              + "; the model reads "
              + gpt2.positions()
              + " tokens with ids below "
              + gpt2.vocabulary()
              + ".");
    }
    return data;
  }

  /** Returns the rows of a file, at least one, in which there is something to predict. */
  static Sequences predictable(Path file, Gpt2 gpt2) {
    Sequences data = fitting(file, gpt2);
    if (data.isEmpty() || data.length() < 2) {
      throw new NepentheException(
          ErrorCode.BAD_DATA, file + " has " + data + "; give rows of at least 2 tokens.");
    }
    return data;
  }
}
