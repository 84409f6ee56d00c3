package io.nepenthe.task.language;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.task.DataSpec;
import io.nepenthe.task.MembershipRows;
import io.nepenthe.task.TaskData;
import io.nepenthe.task.TokenSource;
import io.nepenthe.task.Tokenizer;
import io.nepenthe.task.Tokenizers;
import io.nepenthe.task.Vocabulary;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Definition of the rows of a language task (DATA 2).
 *
 * @param corpus name of the text, "wikitext-103" in the paper
 * @param trainSplit the part trained on; "train" if left out
 * @param testSplit the part perplexity is measured on; "test" if left out
 * @param length ids of a chunk, 150 in the paper
 * @param trainRows how many chunks of the training part are used, from its beginning; all if left
 *     out
 * @param testRows how many chunks of the test part are used, from its beginning; all if left out
 * @param vocabulary which ids the model knows: all of the tokenizer, by its name, which is meant if
 *     left out; or "occurring", those that occur in the task's texts, numbered anew in rising
 *     order, for small machines
 * @param artifact what is planted
 * @param tokenizer name of the tokenizer; the paper's if left out
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LanguageDataSpec(
    String corpus,
    @Nullable String trainSplit,
    @Nullable String testSplit,
    int length,
    @Nullable Integer trainRows,
    @Nullable Integer testRows,
    @Nullable String vocabulary,
    LanguageArtifact artifact,
    @Nullable String tokenizer)
    implements DataSpec {
  /** The corpus of texts this program makes up itself. */
  public static final String SYNTHETIC = "synthetic";

  /** The word with which reports mark made-up text. */
  public static final String SYNTHETIC_LABEL = "synthetic text";

  /** The vocabulary of the ids that occur. */
  public static final String OCCURRING = "occurring";

  private static final Pattern CORPUS_NAME = Pattern.compile("\\w[\\w.+-]*");
  private static final int[] NONE_PREDICTABLE = {0, 0};

  /** Fills in what was left out and checks the ranges. */
  public LanguageDataSpec {
    require(
        corpus != null && isCorpusName(corpus),
        "corpus",
        corpus,
        "the name of a folder: letters a to z, digits, and . _ + - but not in front");
    trainSplit = Objects.requireNonNullElse(trainSplit, "train");
    testSplit = Objects.requireNonNullElse(testSplit, "test");
    require(!testSplit.equals(trainSplit), "testSplit", testSplit, "another than trainSplit");
    Tokenizer cut = Tokenizers.require(Objects.requireNonNullElse(tokenizer, Tokenizers.PAPER));
    vocabulary = Objects.requireNonNullElse(vocabulary, cut.name());
    require(
        vocabulary.equals(OCCURRING) || vocabulary.equals(cut.name()),
        "vocabulary",
        vocabulary,
        OCCURRING + " or the tokenizer's name, " + cut.name());
    require(length >= 8, "length", length, "at least 8");
    require(trainRows == null || trainRows >= 1, "trainRows", trainRows, "at least 1");
    require(testRows == null || testRows >= 1, "testRows", testRows, "at least 1");
    require(artifact != null, "artifact", null, "noise, passages, repetition or backdoor");
    if (artifact instanceof LanguageArtifact.Backdoor backdoor) {
      require(
          backdoor.degenerateToken() < cut.size(),
          "artifact.degenerateToken",
          backdoor.degenerateToken(),
          "in [0, " + cut.size() + ")");
    }
  }

  /** Returns true if a suite can call a corpus so: by a name, and no path that leads elsewhere. */
  public static boolean isCorpusName(String name) {
    return CORPUS_NAME.matcher(name).matches();
  }

  private static void require(boolean holds, String name, @Nullable Object value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException("data." + name + " is " + value + ", must be " + rule);
    }
  }

  /** Returns the tokenizer of its texts. */
  Tokenizer cutBy() {
    return Tokenizers.require(Objects.requireNonNullElse(tokenizer, Tokenizers.PAPER));
  }

  /** Returns true if the model knows only the ids that occur. */
  boolean onlyOccurring() {
    return OCCURRING.equals(vocabulary);
  }

  @Override
  public Vocabulary vocabulary(TokenSource source) {
    KnownIds ids = Texts.of(this, source).known();
    int end = ids.endOfText();
    return new Vocabulary(ids.size(), end, end, end, ids.comma());
  }

  @Override
  public TaskData build(Window window, Set<Quirk> quirks, long seed, TokenSource source) {
    return LanguageData.build(this, window, quirks, seed, source);
  }

  @Override
  public Sequences validation(Window window, Set<Quirk> quirks, long seed, TokenSource source) {
    return LanguageData.validation(this, window, quirks, seed, source);
  }

  @Override
  public Optional<MembershipRows> membership(
      Window window, Set<Quirk> quirks, long seed, TokenSource source) {
    return LanguageData.membership(this, window, quirks, seed, source);
  }

  @Override
  public String sourceHash(TokenSource source) {
    return ContentHash.of(
        source.tokens(corpus, trainSplit, cutBy()).hash()
            + source.tokens(corpus, testSplit, cutBy()).hash());
  }

  @Override
  public List<Integer> renumberedIds(TokenSource source) {
    return !onlyOccurring() ? List.of() : Texts.of(this, source).known().ids();
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
  public String inWords() {
    return String.format(
        Locale.ROOT,
        "%s in chunks of %d %s ids%s%s, %s",
        corpus.equals(SYNTHETIC)
            ? SYNTHETIC_LABEL + " made up by this program (no real corpus)"
            : corpus + " (" + trainSplit + " trained on, " + testSplit + " for perplexity)",
        length,
        cutBy().title(),
        trainRows == null ? "" : ", the first " + trainRows,
        onlyOccurring()
            ? ", vocabulary restricted to the ids that occur: perplexities compare within this"
                + " task only"
            : "",
        artifact.inWords());
  }
}
