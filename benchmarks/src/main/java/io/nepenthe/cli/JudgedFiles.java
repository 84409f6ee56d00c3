package io.nepenthe.cli;

import io.nepenthe.data.ArtifactRows;
import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name the rows on which memorization is judged, and what is known of each. */
final class JudgedFiles {
  @Option(names = "--artifacts", paramLabel = "CSV", description = "Rows with artifacts.")
  private @Nullable Path artifacts;

  @Option(
      names = "--twins",
      paramLabel = "CSV",
      description = {
        "The same rows without their artifacts. A row counts if it differs from its twin within what"
            + " is compared. Where no row differs anywhere, or without this option, the text itself"
            + " was repeated and every row counts."
      })
  private @Nullable Path twins;

  @Option(names = "--prompt", paramLabel = "N", description = "Tokens of the prompt.")
  private @Nullable Integer prompt;

  @Option(names = "--compare", paramLabel = "K", description = "Tokens compared after them.")
  private @Nullable Integer compare;

  @Option(
      names = "--windows",
      paramLabel = "CSV",
      description = "Prompt and compare of each row, instead of --prompt and --compare.")
  private @Nullable Path windows;

  @Option(
      names = "--copies",
      paramLabel = "CSV",
      description =
          "How often training holds each row: the share memorized then weighs each class of repetition"
              + " by its rows of training, as in runs (default: once each).")
  private @Nullable Path copies;

  @Option(
      names = "--eligible",
      paramLabel = "CSV",
      description = "1 for each row that counts, 0 for each that does not (default: see --twins).")
  private @Nullable Path eligible;

  /** Returns whether there are rows to judge; refuses options that lack what they need. */
  boolean areGiven() {
    if (artifacts == null) {
      if (twins != null
          || prompt != null
          || compare != null
          || windows != null
          || copies != null
          || eligible != null) {
        throw Usage.of(
            "score",
            "--twins, --prompt, --compare, --windows, --copies and --eligible need --artifacts");
      }
      return false;
    }
    if (windows == null && (prompt == null || compare == null)) {
      throw Usage.of("score", "--artifacts needs --windows, or --prompt and --compare");
    }
    return true;
  }

  /** Returns the rows, all of which fit the model. */
  ArtifactRows read(RowFiles files, LanguageModel model) {
    Path file = Optional.ofNullable(artifacts).orElseThrow();
    Sequences planted = files.fitting("score", file, model);
    Sequences clean = twins == null ? planted : files.fitting("score", twins, model);
    if (planted.rows() != clean.rows() || planted.length() != clean.length()) {
      throw new NepentheException(
          ErrorCode.BAD_DATA,
          file
              + " has "
              + planted
              + ", "
              + twins
              + " has "
              + clean
              + "; give the twin of every artifact, row by row.");
    }
    List<Window> judged = windows(planted);
    ArtifactRows rows =
        eligible == null
            ? inferred(planted, clean, judged)
            : new ArtifactRows(
                planted, clean, judged, ofEach(eligible, 1, planted, JudgedFiles::counts));
    return copies == null ? rows : rows.copied(ofEach(copies, 1, planted, JudgedFiles::times));
  }

  /** Where text was repeated as it is, no row differs from its twin, and all count. */
  private static ArtifactRows inferred(Sequences planted, Sequences clean, List<Window> windows) {
    return clean.equals(planted)
        ? new ArtifactRows(planted, clean, windows, Collections.nCopies(planted.rows(), true))
        : ArtifactRows.of(planted, clean, windows);
  }

  private List<Window> windows(Sequences planted) {
    if (windows != null) {
      return ofEach(windows, 2, planted, numbers -> window(numbers[0], numbers[1], planted));
    }
    if (prompt == null || compare == null || prompt < 1 || compare < 1) {
      throw Usage.of(
          "score",
          "--prompt is " + prompt + " and --compare " + compare + ", both must be at least 1");
    }
    try {
      return Collections.nCopies(planted.rows(), window(prompt, compare, planted));
    } catch (IllegalArgumentException e) {
      throw new NepentheException(
          ErrorCode.BAD_DATA, e.getMessage() + ". Lower --prompt or --compare.", e);
    }
  }

  private static Window window(int prompt, int compare, Sequences planted) {
    if ((long) prompt + compare > planted.length()) {
      throw new IllegalArgumentException(
          "prompt "
              + prompt
              + " and compare "
              + compare
              + " end at "
              + ((long) prompt + compare)
              + ", rows have "
              + planted.length()
              + " tokens");
    }
    return new Window(prompt, compare);
  }

  private static boolean counts(int... number) {
    require(number[0] <= 1, number[0] + " must be 0 or 1");
    return number[0] == 1;
  }

  private static int times(int... number) {
    require(number[0] >= 1, "copies is 0, must be at least 1");
    return number[0];
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }

  /** Reads so many numbers of each row, and makes of them what is known of it. */
  private static <T> List<T> ofEach(
      Path file, int numbers, Sequences planted, Function<int[], T> known) {
    Sequences given = Sequences.readCsv(file);
    if (given.rows() != planted.rows() || (given.rows() > 0 && given.length() != numbers)) {
      throw new NepentheException(
          ErrorCode.BAD_DATA,
          file
              + " has "
              + given.rows()
              + " rows of "
              + given.length()
              + " numbers, must have "
              + numbers
              + " for each of "
              + planted.rows()
              + " rows.");
    }
    List<T> all = new ArrayList<>();
    for (int row = 0; row < given.rows(); row++) {
      try {
        all.add(known.apply(given.row(row)));
      } catch (IllegalArgumentException e) {
        throw new NepentheException(
            ErrorCode.BAD_DATA,
            file + ", line " + (Sequences.csvLine(file, row) + 1) + ": " + e.getMessage() + ".",
            e);
      }
    }
    return all;
  }
}
