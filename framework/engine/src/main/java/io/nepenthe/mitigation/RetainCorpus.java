package io.nepenthe.mitigation;

import io.nepenthe.corpus.Corpora;
import io.nepenthe.corpus.Corpus;
import io.nepenthe.corpus.Documents;
import io.nepenthe.corpus.KnownCorpus;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.task.TextEncoding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rows of a corpus, for a model whose own text to keep is not given. */
final class RetainCorpus {
  private static final String MADE_UP = "synthetic";

  /** Splits that a model is least likely to have seen come first. */
  private static final List<String> SPLITS = List.of("test", "validation", "train");

  /** Of a larger split only the beginning is read. */
  private static final int MOST_IDS = 1 << 22;

  private final Corpus corpus;
  private final TextEncoding encoding;
  private final boolean isChosen;
  private final long seed;

  private RetainCorpus(Corpus corpus, TextEncoding encoding, boolean isChosen, long seed) {
    this.corpus = corpus;
    this.encoding = encoding;
    this.isChosen = isChosen;
    this.seed = seed;
  }

  static RetainCorpus of(RowInputs inputs, Corpora corpora, TextEncoding encoding) {
    String asked = inputs.corpus();
    Corpus corpus = asked == null ? first(corpora) : corpora.find(asked);
    return new RetainCorpus(corpus, encoding, asked != null, inputs.seed());
  }

  /** Returns the largest known corpus that is there, or else made-up text. */
  private static Corpus first(Corpora corpora) {
    return Stream.of(KnownCorpus.WIKITEXT_103, KnownCorpus.WIKITEXT_2)
        .flatMap(known -> found(corpora, known.id()).stream())
        .findFirst()
        .orElseGet(() -> corpora.find(MADE_UP));
  }

  private static Optional<Corpus> found(Corpora corpora, String name) {
    try {
      return Optional.of(corpora.find(name));
    } catch (NepentheException e) {
      return Optional.empty();
    }
  }

  /** Returns at most so many rows of a length, drawn from one or two splits. */
  List<int[]> rows(int length, int most) {
    List<int[]> rows = new ArrayList<>();
    for (String split : SPLITS) {
      if (rows.size() < most && corpus.splits().contains(split)) {
        drawn(ids(split), length, most - rows.size(), split).forEach(rows::add);
      }
    }
    return rows;
  }

  private Stream<int[]> drawn(int[] ids, int length, int most, String split) {
    int[] order =
        RandomStreams.permutation(
            ids.length / length, new RandomStreams(seed).stream("mitigation/" + split));
    return IntStream.of(order)
        .limit(most)
        .mapToObj(row -> Arrays.copyOfRange(ids, row * length, (row + 1) * length));
  }

  private int[] ids(String split) {
    List<int[]> parts = new ArrayList<>();
    int[] count = {0};
    try {
      Documents.of(corpus, split, encoding)
          .forEach(
              (part, bytes) -> {
                int[] ids = part.ids();
                parts.add(ids);
                count[0] += ids.length;
                if (count[0] >= MOST_IDS) {
                  throw new EnoughException();
                }
              });
    } catch (EnoughException e) {
      // as wanted
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.BAD_DATA, "cannot read corpus " + corpus.name() + " (" + e + ").", e);
    }
    return parts.stream().flatMapToInt(IntStream::of).toArray();
  }

  String inWords() {
    if (isChosen) {
      return "corpus " + corpus.name();
    }
    return corpus.name().equals(MADE_UP)
        ? "made-up text (corpus synthetic), because neither --retain nor a corpus is there: it tells little of what the model is used for"
        : "corpus " + corpus.name() + ", because --retain is not given";
  }
}
