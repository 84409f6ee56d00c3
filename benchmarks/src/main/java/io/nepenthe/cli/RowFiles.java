package io.nepenthe.cli;

import io.nepenthe.data.Sequences;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Files of token ids that a model is to read, and how much of their rows. */
final class RowFiles {
  @Option(
      names = "--length",
      paramLabel = "N",
      description = "Leading tokens of each row that are used (default: all).")
  private @Nullable Integer length;

  private final Map<String, Sequences> read = new LinkedHashMap<>();

  /** Returns what was read, by file. */
  Map<String, Sequences> read() {
    return read;
  }

  /** Returns the rows of a file, cut, none of which is too long or has an unknown token. */
  Sequences fitting(String command, Path file, LanguageModel model) {
    Sequences data = cut(command, file, Sequences.readCsv(file));
    if (data.largestToken() >= model.vocabulary()) {
      throw bad(
          file
              + " has ids up to "
              + data.largestToken()
              + "; the model reads ids below "
              + model.vocabulary()
              + ".");
    }
    if (data.length() > model.positions()) {
      throw bad(
          file
              + " has "
              + data
              + "; the model reads "
              + model.positions()
              + " tokens. Cut them with --length.");
    }
    data.doubt()
        .ifPresent(
            doubt ->
                System.err.println("nepenthe: note: " + file + " " + doubt + "; read as ids."));
    read.put(file.toString(), data);
    return data;
  }

  private Sequences cut(String command, Path file, Sequences rows) {
    if (length == null || rows.isEmpty()) {
      return rows;
    }
    if (length < 2 || length > rows.length()) {
      throw Usage.of(
          command,
          "--length is "
              + length
              + ", must be at least 2 and at most the "
              + rows.length()
              + " tokens of the rows of "
              + file);
    }
    return rows.leadingColumns(length);
  }

  /** Returns the rows of a file, at least one, in which there is something to predict. */
  Sequences predictable(String command, Path file, LanguageModel model) {
    Sequences data = fitting(command, file, model);
    if (data.isEmpty() || data.length() < 2) {
      throw bad(file + " has " + data + "; give rows of at least 2 tokens.");
    }
    return data;
  }

  private static NepentheException bad(String what) {
    return new NepentheException(ErrorCode.BAD_DATA, what);
  }
}
