package io.nepenthe.task.rows;

import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.task.ArtifactRows;
import io.nepenthe.task.DataSpec;
import io.nepenthe.task.TaskData;
import io.nepenthe.task.TokenSource;
import io.nepenthe.task.Vocabulary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Text that a published model may have memorized, as MemPi hands it on: a file of token ids, one
 * text a line. With it go random rows of such text as the model was trained on: on some of them
 * perplexity is measured, the others are to be kept (DATA 3, UNLEARNING_DRIVER 7).
 *
 * @param memorized file of the texts; those the model reproduces are to be forgotten
 * @param random where the random rows come from
 * @param length ids of a row that are used
 * @param vocabulary how many ids there are
 */
public record MemorizedDataSpec(String memorized, RandomRows random, int length, int vocabulary)
    implements DataSpec {
  private static final int NONE = -1;
  private static final int[] NONE_PREDICTABLE = {0, 0};
  private static final String TEST = "random";

  /** Rows of a batch over which the reference takes the mean of a loss. */
  private static final int PERPLEXITY_BATCH = 32;

  /** Checks the ranges. */
  public MemorizedDataSpec {
    RandomRows.require(
        memorized != null && !memorized.isBlank(), "memorized", memorized, "a file of token ids");
    RandomRows.require(random != null, "random", null, "given: a file, or a corpus");
    RandomRows.require(length >= 2, "length", length, "at least 2");
    RandomRows.require(vocabulary >= 2, "vocabulary", vocabulary, "at least 2");
  }

  @Override
  public Vocabulary vocabulary(TokenSource source) {
    return new Vocabulary(vocabulary, NONE, NONE, NONE, NONE);
  }

  @Override
  public List<Path> missing(TokenSource source) {
    return Stream.concat(Stream.of(memorized), random.paths())
        .map(source::place)
        .filter(path -> !Files.exists(path))
        .toList();
  }

  /**
   * {@inheritDoc} No row has a twin: nobody planted anything. In reference fidelity, too, rows to
   * keep and rows to forget are apart here.
   */
  @Override
  public TaskData build(Window window, Set<Quirk> quirks, long seed, TokenSource source) {
    Sequences texts = texts(source.place(memorized));
    RandomRows.Halves rows =
        random.halves(length, vocabulary, quirks.contains(Quirk.RECUT_RANDOM_ROWS), seed, source);
    Sequences none = Sequences.empty(length);
    ArtifactRows scored =
        new ArtifactRows(
            texts,
            texts,
            Collections.nCopies(texts.rows(), window),
            Collections.nCopies(texts.rows(), true));
    return new TaskData(
        texts.concat(rows.retained()),
        none,
        none,
        rows.retained(),
        rows.retained(),
        scored,
        Map.of(TEST, rows.tested()),
        NONE);
  }

  private Sequences texts(Path file) {
    Sequences all = Sequences.readCsv(file);
    if (all.isEmpty() || all.length() < length || all.largestToken() >= vocabulary) {
      throw new NepentheException(
          ErrorCode.BAD_DATA,
          "%s has %s up to id %d, must have rows of at least data.length %d ids below data.vocabulary %d."
              .formatted(file, all, all.largestToken(), length, vocabulary));
    }
    return all.leadingColumns(length);
  }

  @Override
  public String sourceHash(TokenSource source) {
    return ContentHash.of(ContentHash.ofFile(source.place(memorized)) + random.sourceHash(source));
  }

  @Override
  public DataSpec anywhere() {
    return new MemorizedDataSpec("anywhere", random.anywhere(), length, vocabulary);
  }

  @Override
  public String hash(TaskData rows) {
    return ContentHash.of(rows.hash() + rows.retained().hash());
  }

  @Override
  public int[] predictable(int[] row) {
    return NONE_PREDICTABLE;
  }

  @Override
  public boolean hasAccuracy() {
    return false;
  }

  @Override
  public int perplexityBatch() {
    return PERPLEXITY_BATCH;
  }

  @Override
  public boolean addsPerplexityInHalf(Set<Quirk> quirks) {
    return quirks.contains(Quirk.HALF_PRECISION_PERPLEXITY);
  }

  @Override
  public String inWords() {
    return "texts of " + length + " given ids; perplexity on random rows" + random.inWords();
  }
}
