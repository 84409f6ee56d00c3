package io.nepenthe.task.rows;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.task.DataSpec;
import io.nepenthe.task.TaskData;
import io.nepenthe.task.TokenSource;
import io.nepenthe.task.Vocabulary;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows of token ids in a folder of CSV files, as {@code nepenthe inspect} writes them: {@code
 * artifacts.csv} and {@code twins.csv}, row by row the memorized text and the text it stands in
 * place of; {@code extra.csv}, other training rows; {@code test.csv} or any {@code test-NAME.csv}.
 * There may be {@code retain.csv}, rows to keep where these are not all of extra; and {@code
 * planted.csv} with {@code planted-twins.csv}, where the artifacts trained on are not those judged
 * by. Of each row of artifacts, {@code prompts.csv} begins with what it is prompted with where that
 * is not its twin, {@code windows.csv} says what of it is given and compared where that is not the
 * task's window, {@code eligible.csv} whether it counts, and {@code copies.csv} how often training
 * holds it; {@code train.csv} is what is trained on, where that does not follow from these. For
 * methods that ask for them there may be {@code validation.csv} and files of any other name. All
 * seeds have the same rows.
 *
 * @param folder of the files, absolute or within the working directory
 * @param length ids of a row
 * @param vocabulary how many ids there are
 * @param padding the id that fills rows up to their length; none if left out
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RowsDataSpec(String folder, int length, int vocabulary, @Nullable Integer padding)
    implements DataSpec {
  private static final int NONE = -1;
  private static final int[] NONE_PREDICTABLE = {0, 0};

  /** Checks the ranges. */
  public RowsDataSpec {
    require(folder != null && !folder.isBlank(), "folder", folder, "the folder of the rows");
    require(length >= 2, "length", length, "at least 2");
    require(vocabulary >= 2, "vocabulary", vocabulary, "at least 2");
    require(
        padding == null || (padding >= 0 && padding < vocabulary),
        "padding",
        padding,
        "an id below vocabulary " + vocabulary);
  }

  private static void require(boolean holds, String name, @Nullable Object value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException("data." + name + " is " + value + ", must be " + rule);
    }
  }

  /** Returns the id that fills rows up, -1 if there is none. */
  int paddingId() {
    return Objects.requireNonNullElse(padding, NONE);
  }

  @Override
  public Vocabulary vocabulary(TokenSource source) {
    return new Vocabulary(vocabulary, NONE, NONE, paddingId(), NONE);
  }

  @Override
  public TaskData build(Window window, Set<Quirk> quirks, long seed, TokenSource source) {
    return files().read(window);
  }

  @Override
  public String sourceHash(TokenSource source) {
    return files().hash();
  }

  @Override
  public DataSpec anywhere() {
    return new RowsDataSpec("anywhere", length, vocabulary, padding);
  }

  /** {@inheritDoc} The rows to keep are given, so they are part of it, as are copies, and files. */
  @Override
  public String hash(TaskData rows) {
    List<Integer> copies = rows.scored().copies();
    boolean areSingle = copies.stream().allMatch(times -> times == 1);
    return ContentHash.of(
        rows.hash() + rows.retained().hash() + (areSingle ? "" : copies) + files().hashOfOthers());
  }

  @Override
  public Sequences validation(Window window, Set<Quirk> quirks, long seed, TokenSource source) {
    return files().validation();
  }

  @Override
  public Optional<Sequences> file(String name) {
    return files().other(name);
  }

  private RowsFolder files() {
    return new RowsFolder(this, Path.of(folder));
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
    return "rows of " + length + " given ids";
  }
}
