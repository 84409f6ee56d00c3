package io.nepenthe.task.rows;

import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.task.ArtifactRows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Rows on which memorization is judged, with what files of a line for each say of them. */
public final class JudgedRows {
  private JudgedRows() {}

  /**
   * Returns artifacts with their twins. Which of them count is said by a file of 0 and 1; else a
   * row counts if it differs from its twin within what is compared, and all do where no row differs
   * anywhere: the text itself was repeated.
   *
   * @param eligible the file of 0 and 1, if there is one
   * @param copies the file of how often the training set holds each, if there is one
   */
  public static ArtifactRows of(
      Sequences artifacts,
      Sequences twins,
      List<Window> windows,
      Optional<Path> eligible,
      Optional<Path> copies) {
    ArtifactRows rows =
        eligible
            .map(file -> ofEach(file, 1, artifacts, JudgedRows::counts))
            .map(counting -> new ArtifactRows(artifacts, twins, windows, counting))
            .orElseGet(() -> inferred(artifacts, twins, windows));
    return copies
        .map(file -> rows.copied(ofEach(file, 1, artifacts, JudgedRows::times)))
        .orElse(rows);
  }

  /**
   * Returns rows that are prompted with the beginnings of others.
   *
   * @param file where these are from
   */
  public static ArtifactRows promptedWith(Sequences prompts, Path file, ArtifactRows rows) {
    Sequences artifacts = rows.artifacts();
    if (prompts.rows() != artifacts.rows() || prompts.length() != artifacts.length()) {
      throw new NepentheException(
          ErrorCode.BAD_DATA,
          "%s has %s, must have one for each of the artifacts' %s, as long as it."
              .formatted(file, prompts, artifacts));
    }
    return rows.promptedWith(prompts);
  }

  /**
   * Returns the window of each row, from a file of how many ids are given and how many compared.
   */
  public static List<Window> windows(Path file, Sequences artifacts) {
    return ofEach(file, 2, artifacts, numbers -> window(numbers[0], numbers[1], artifacts));
  }

  /**
   * Returns a window within the rows.
   *
   * @throws IllegalArgumentException if it ends behind them
   */
  public static Window window(int prompt, int compare, Sequences artifacts) {
    long end = (long) prompt + compare;
    require(
        end <= artifacts.length(),
        "prompt %d and compare %d end at %d, rows have %d tokens"
            .formatted(prompt, compare, end, artifacts.length()));
    return new Window(prompt, compare);
  }

  private static ArtifactRows inferred(Sequences artifacts, Sequences twins, List<Window> windows) {
    return twins.equals(artifacts)
        ? new ArtifactRows(artifacts, twins, windows, Collections.nCopies(artifacts.rows(), true))
        : ArtifactRows.of(artifacts, twins, windows);
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
      Path file, int numbers, Sequences artifacts, Function<int[], T> known) {
    Sequences given = Sequences.readCsv(file);
    if (given.rows() != artifacts.rows() || (given.rows() > 0 && given.length() != numbers)) {
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
              + artifacts.rows()
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
