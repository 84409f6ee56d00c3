package io.nepenthe.mitigation;

import io.nepenthe.data.Window;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How many tokens are given and compared: as asked for, or as the file says, or as in the paper.
 */
final class WindowChoice {
  /** Of Pythia (UNLEARNING_DRIVER 7). */
  static final int PAPER_PROMPT = 32;

  static final int PAPER_COMPARE = 40;

  private WindowChoice() {}

  static Window of(RowInputs inputs, List<Passage> passages, LanguageModel model) {
    int prompt =
        chosen(inputs.prompt(), "prompt", PAPER_PROMPT, passages, Passage::prompt, inputs.forget());
    int compare =
        chosen(
            inputs.compare(),
            "compare",
            PAPER_COMPARE,
            passages,
            Passage::compare,
            inputs.forget());
    if (prompt < 1 || compare < 1 || (long) prompt + compare > model.positions()) {
      throw new NepentheException(
          ErrorCode.BAD_USAGE,
          "--prompt is %d and --compare %d: each must be at least 1, and both together at most the %d tokens that the model reads."
              .formatted(prompt, compare, model.positions()));
    }
    return new Window(prompt, compare);
  }

  private static int chosen(
      @Nullable Integer asked,
      String name,
      int paper,
      List<Passage> passages,
      Function<Passage, OptionalInt> said,
      Path file) {
    if (asked != null) {
      return asked;
    }
    List<Integer> all =
        passages.stream()
            .map(said)
            .flatMapToInt(OptionalInt::stream)
            .distinct()
            .limit(2)
            .boxed()
            .toList();
    if (all.size() > 1) {
      throw new NepentheException(
          ErrorCode.BAD_DATA,
          "%s has rows of %s %d and of %d: say by --%s which to take."
              .formatted(file, name, all.get(0), all.get(1), name));
    }
    return all.isEmpty() ? paper : all.get(0);
  }
}
