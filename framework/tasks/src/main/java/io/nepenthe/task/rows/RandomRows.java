package io.nepenthe.task.rows;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.nepenthe.data.Sequences;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.task.TokenIds;
import io.nepenthe.task.TokenSource;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Random rows of text, of which two sets are taken that have no row in common: one to measure
 * perplexity on, one to keep.
 *
 * @param file of token ids, whose first rows are measured on, and the next kept; null if a corpus
 *     is cut
 * @param corpus name of a text, cut into rows of which some are drawn; null if there is a file
 * @param split the part of the corpus, "train" if left out
 * @param tokenizer which cuts the corpus, the model's own: its name, or a folder that holds it
 * @param rows how many rows either set has, 1632 if left out as in the paper; where there are
 *     fewer, each set gets half of them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RandomRows(
    @Nullable String file,
    @Nullable String corpus,
    @Nullable String split,
    @Nullable String tokenizer,
    @Nullable Integer rows) {
  private static final int PAPER_ROWS = 1632;

  /** Checks that there is one source. */
  public RandomRows {
    require(
        (file == null) != (corpus == null),
        "random",
        file,
        "a file of token ids, or else a corpus");
    require(
        file == null || (split == null && tokenizer == null),
        "random.file",
        file,
        "alone: split and tokenizer are of a corpus");
    if (corpus != null) {
      require(
          tokenizer != null && !tokenizer.isBlank(),
          "random.tokenizer",
          tokenizer,
          "the model's own: a name, or the folder that holds it");
    }
    rows = Objects.requireNonNullElse(rows, PAPER_ROWS);
    require(rows >= 1, "random.rows", rows, "at least 1");
  }

  static void require(boolean holds, String name, @Nullable Object value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException("data." + name + " is " + value + ", must be " + rule);
    }
  }

  /** Two sets without a common row. */
  record Halves(Sequences tested, Sequences retained) {}

  Halves halves(int length, int vocabulary, boolean recut, long seed, TokenSource source) {
    Sequences all = file == null ? ofCorpus(length, seed, source) : ofFile(length, recut, source);
    int each = Math.min(Objects.requireNonNull(rows), all.rows() / 2);
    if (each < 1 || all.largestToken() >= vocabulary) {
      throw new NepentheException(
          ErrorCode.BAD_DATA,
          "random rows: %s has %s up to id %d, must have at least 2 rows with ids below data.vocabulary %d."
              .formatted(
                  file == null ? corpus : source.place(file), all, all.largestToken(), vocabulary));
    }
    return new Halves(all.slice(0, each), all.slice(each, 2 * each));
  }

  private Sequences ofFile(int length, boolean recut, TokenSource source) {
    Path path = source.place(Objects.requireNonNull(file));
    Sequences given = Sequences.readCsv(path);
    if (given.isEmpty() || given.length() < length) {
      throw new NepentheException(
          ErrorCode.BAD_DATA,
          path + " has " + given + ", must have rows of at least data.length " + length + " ids.");
    }
    return recut ? recut(given, length) : given.leadingColumns(length);
  }

  /** Joins rows and cuts them anew: most straddle two texts. */
  private static Sequences recut(Sequences given, int length) {
    int width = given.length();
    int rows = Math.toIntExact((long) given.rows() * width / length);
    return Sequences.of(
        length,
        rows,
        (row, position) -> {
          int i = row * length + position;
          return given.token(i / width, i % width);
        });
  }

  private Sequences ofCorpus(int length, long seed, TokenSource source) {
    TokenIds ids = ids(source);
    int chunks = ids.size() / length;
    int[] drawn = RandomStreams.permutation(chunks, new RandomStreams(seed).stream("data/random"));
    int[] wanted = Arrays.copyOf(drawn, (int) Math.min(chunks, 2L * Objects.requireNonNull(rows)));
    return Sequences.of(
        length, wanted.length, (row, position) -> ids.id(wanted[row] * length + position));
  }

  private TokenIds ids(TokenSource source) {
    return source.tokens(
        Objects.requireNonNull(corpus),
        Objects.requireNonNullElse(split, "train"),
        source.encoding(Objects.requireNonNull(tokenizer)));
  }

  /** Returns the paths it names. */
  Stream<String> paths() {
    return Stream.concat(
        Stream.ofNullable(file), Stream.ofNullable(tokenizer).filter(name -> name.contains("/")));
  }

  String sourceHash(TokenSource source) {
    return file == null ? ids(source).hash() : ContentHash.ofFile(source.place(file));
  }

  RandomRows anywhere() {
    return file == null
        ? new RandomRows(null, corpus, split, "anywhere", rows)
        : new RandomRows("anywhere", null, null, null, rows);
  }

  String inWords() {
    return file == null ? " of " + corpus : " of a file";
  }
}
