package io.nepenthe.task.language;

import io.nepenthe.data.Sequences;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.task.TokenIds;
import io.nepenthe.task.TokenSource;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The two parts of a corpus, cut into chunks of one length, in the ids the model knows (DATA 2).
 * The last chunk is filled up with the end of text.
 */
final class Texts {
  private final int length;
  private final TokenIds trainIds;
  private final TokenIds testIds;
  private final int trainRows;
  private final int testRows;
  private final KnownIds known;

  private Texts(LanguageDataSpec spec, TokenIds trainIds, TokenIds testIds) {
    this.length = spec.length();
    this.trainIds = trainIds;
    this.testIds = testIds;
    this.trainRows = rows(spec.corpus() + " " + spec.trainSplit(), trainIds, spec.trainRows());
    this.testRows = rows(spec.corpus() + " " + spec.testSplit(), testIds, spec.testRows());
    this.known =
        spec.onlyOccurring()
            ? KnownIds.occurring(spec.cutBy(), occurring(), spec.artifact())
            : KnownIds.all(spec.cutBy());
  }

  static Texts of(LanguageDataSpec spec, TokenSource source) {
    TokenIds train = source.tokens(spec.corpus(), spec.trainSplit(), spec.cutBy());
    TokenIds test = source.tokens(spec.corpus(), spec.testSplit(), spec.cutBy());
    if (train.hash().equals(test.hash())) {
      throw new NepentheException(
          ErrorCode.BAD_DATA,
          String.format(
              "splits '%s' and '%s' of corpus '%s' are the same text, so perplexity would be of what"
                  + " was trained on. Put another text into one of them.",
              spec.trainSplit(), spec.testSplit(), spec.corpus()));
    }
    return new Texts(spec, train, test);
  }

  private int rows(String part, TokenIds ids, @Nullable Integer wanted) {
    int chunks = (ids.size() + length - 1) / length;
    if (wanted != null && wanted > chunks) {
      throw new NepentheException(
          ErrorCode.BAD_DATA,
          part
              + " has "
              + ids.size()
              + " tokens, "
              + chunks
              + " chunks of "
              + length
              + "; "
              + wanted
              + " are asked for. Lower data.trainRows or data.testRows, or give more text.");
    }
    return wanted == null ? chunks : wanted;
  }

  private BitSet occurring() {
    BitSet occurring = new BitSet();
    for (int i = 0; i < Math.min(trainIds.size(), trainRows * length); i++) {
      occurring.set(trainIds.id(i));
    }
    for (int i = 0; i < Math.min(testIds.size(), testRows * length); i++) {
      occurring.set(testIds.id(i));
    }
    return occurring;
  }

  KnownIds known() {
    return known;
  }

  Sequences train() {
    return chunks(trainIds, 0, trainRows);
  }

  /** Returns which whole chunks of the training part equal no other, rising. */
  int[] singleTrainRows() {
    Sequences all = train();
    int whole = Math.min(trainRows, trainIds.size() / length);
    int[] hashes =
        IntStream.range(0, trainRows).map(row -> Arrays.hashCode(all.row(row))).toArray();
    int[] sorted = hashes.clone();
    Arrays.sort(sorted);
    return IntStream.range(0, whole).filter(row -> isSingle(hashes[row], sorted)).toArray();
  }

  /** Returns whether a hash is there once; two chunks that share one by chance count as equal. */
  private static boolean isSingle(int hash, int... sorted) {
    int at = Arrays.binarySearch(sorted, hash);
    boolean before = at > 0 && sorted[at - 1] == hash;
    return !before && (at + 1 == sorted.length || sorted[at + 1] != hash);
  }

  /** Returns how many chunks of the test part are whole; they come first. */
  int wholeTestRows() {
    return Math.min(testRows, testIds.size() / length);
  }

  Sequences test() {
    return chunks(testIds, 0, testRows);
  }

  /** Returns whole chunks that follow the test's, or else the training's; none if all are used. */
  Sequences unused(int most) {
    Sequences tested = whole(testIds, testRows, most);
    return tested.isEmpty() ? whole(trainIds, trainRows, most) : tested;
  }

  private Sequences whole(TokenIds ids, int from, int most) {
    return chunks(ids, from, Math.max(0, Math.min(most, ids.size() / length - from)));
  }

  private Sequences chunks(TokenIds ids, int from, int rows) {
    int end = known.endOfText();
    int size = ids.size();
    return Sequences.of(
        length,
        rows,
        (row, position) -> {
          int i = (from + row) * length + position;
          return i < size ? known.of(ids.id(i)) : end;
        });
  }
}
