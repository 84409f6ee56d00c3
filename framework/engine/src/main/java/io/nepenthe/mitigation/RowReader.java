package io.nepenthe.mitigation;

import io.nepenthe.corpus.Corpora;
import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.wording.Words;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a mitigation from its files and, where one is lacking, from a corpus. */
final class RowReader {
  private static final int ROWS_PER_ROW = 3; // 1632 for 505, as in the paper
  private static final int FEWEST = 128;
  private static final int MOST = 1632;

  private final RowInputs inputs;
  private final LanguageModel model;
  private final Passages passages;
  private final Corpora corpora;

  RowReader(RowInputs inputs, LanguageModel model, Corpora corpora) {
    this.inputs = inputs;
    this.model = model;
    this.passages = new Passages(inputs.model(), inputs.field());
    this.corpora = corpora;
  }

  /**
   * Rows to keep or to measure on.
   *
   * @param seen all that its source holds, and those that were not to be read
   * @param source in words, with what was left out of it
   */
  private record Kept(List<int[]> rows, Set<List<Integer>> seen, String source) {}

  DrawnRows read() {
    List<Passage> given = passages.of(inputs.forget());
    Window window = WindowChoice.of(inputs, given, model);
    RowCutter forget = new RowCutter(window.end(), Set.of());
    given.forEach(forget::add);
    Sequences rows = sequences(inputs.forget(), window, forget, "");
    int most = most(rows.rows());
    if (inputs.judged() == null) {
      String others = "to be forgotten";
      Kept both = kept(inputs.retain(), window, forget.seen(), others, 2 * most);
      return halved(window, rows, both, forget, most);
    }
    Kept judged = kept(inputs.judged(), window, forget.seen(), "to be forgotten", most);
    String others = "to be forgotten or measured on"; // no method sees what it is judged by
    Kept retained = kept(inputs.retain(), window, judged.seen(), others, most);
    return drawn(
        window,
        rows,
        retained.rows(),
        judged.rows(),
        forget,
        "of %s and of %s".formatted(retained.source(), judged.source()));
  }

  private int most(int forgotten) {
    return inputs.rows() == null
        ? Math.max(FEWEST, Math.min(MOST, ROWS_PER_ROW * forgotten))
        : inputs.rows();
  }

  private DrawnRows halved(Window window, Sequences rows, Kept both, RowCutter forget, int most) {
    int half = Math.min(most, both.rows().size() / 2);
    if (half < 1) {
      throw new NepentheException(
          ErrorCode.BAD_DATA,
          "%s has fewer than two rows of %d tokens, of which one half is to be kept and one to measure on. Give more, or --eval too."
              .formatted(both.source(), window.end()));
    }
    return drawn(
        window,
        rows,
        both.rows().subList(half, 2 * half),
        both.rows().subList(0, half),
        forget,
        "both of " + both.source());
  }

  private DrawnRows drawn(
      Window window,
      Sequences rows,
      List<int[]> retained,
      List<int[]> judged,
      RowCutter forget,
      String sources) {
    return new DrawnRows(
        window,
        rows,
        Sequences.of(window.end(), retained),
        Sequences.of(window.end(), judged),
        forget.tooShort(),
        forget.repeated(),
        sources);
  }

  /**
   * Returns rows of a file or, if there is none, of a corpus.
   *
   * @param taken rows that it is not to return
   * @param others what these are, in words
   */
  private Kept kept(
      @Nullable Path file, Window window, Set<List<Integer>> taken, String others, int most) {
    RowCutter cutter = new RowCutter(window.end(), taken);
    if (file != null) {
      passages.forEach(
          file,
          passage -> {
            cutter.add(passage);
            return cutter.count() < most; // no more is read than is wanted
          });
      sequences(file, window, cutter, others);
      return kept(cutter, String.valueOf(file.getFileName()), others, most);
    }
    RetainCorpus corpus =
        RetainCorpus.of(inputs, corpora, passages.encoding("--retain is not given"));
    corpus.rows(window.end(), most).forEach(row -> cutter.add(new Passage(row)));
    if (cutter.rows().isEmpty()) {
      throw new NepentheException(
          ErrorCode.BAD_DATA,
          "%s has no row of %d tokens to keep. Name another by --corpus, or give --retain."
              .formatted(corpus.inWords(), window.end()));
    }
    known("the tokenizer of " + inputs.model(), window, cutter);
    return kept(cutter, corpus.inWords(), others, most);
  }

  private static Kept kept(RowCutter cutter, String source, String others, int most) {
    return new Kept(
        cutter.rows().stream().limit(most).toList(),
        cutter.seen(),
        source + leftOut(cutter, others));
  }

  private static String leftOut(RowCutter cutter, String others) {
    List<String> left = new ArrayList<>();
    if (cutter.ofOthers() > 0) {
      left.add(Words.count(cutter.ofOthers(), "row") + " " + others);
    }
    if (cutter.repeated() > 0) {
      left.add(Words.count(cutter.repeated(), "row") + " that came before");
    }
    if (cutter.tooShort() > 0) {
      left.add(Words.count(cutter.tooShort(), "passage") + " too short");
    }
    return left.isEmpty() ? "" : " (left out: " + String.join(", ", left) + ")";
  }

  /** Returns what was cut of a file; there is at least a row. */
  private Sequences sequences(Path file, Window window, RowCutter cut, String others) {
    if (cut.rows().isEmpty()) {
      throw new NepentheException(
          ErrorCode.BAD_DATA,
          cut.longest() == 0
              ? file + " holds no row."
              : cut.ofOthers() > 0
                  ? file + " holds no row that is not " + others + ". Give others."
                  : "%s has no row of the %d tokens that --prompt and --compare ask for; the longest has %d. Lower them."
                      .formatted(file, window.end(), cut.longest()));
    }
    return known(file.toString(), window, cut);
  }

  /** Returns rows of which the model reads all ids. */
  private Sequences known(String source, Window window, RowCutter cut) {
    Sequences rows = Sequences.of(window.end(), cut.rows());
    if (rows.largestToken() >= model.vocabulary()) {
      throw new NepentheException(
          ErrorCode.BAD_DATA,
          "%s has the id %d; the model reads ids below %d. Give rows of its own tokenizer."
              .formatted(source, rows.largestToken(), model.vocabulary()));
    }
    return rows;
  }
}
