package io.nepenthe.task;

import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.protocol.Quirk;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Definition of a task's rows: one record per kind of task. */
public interface DataSpec {
  /** Returns the tokens of every row. */
  int length();

  /**
   * Returns the ids rows are made of.
   *
   * @param source where texts come from
   */
  Vocabulary vocabulary(TokenSource source);

  /**
   * Returns the rows of a seed.
   *
   * @param window tokens given and compared; must fit into a row
   * @param quirks the reference's defects to reproduce; none in clean fidelity
   * @param source where texts come from
   * @throws IllegalArgumentException if the specification asks for what cannot be
   */
  TaskData build(Window window, Set<Quirk> quirks, long seed, TokenSource source);

  /**
   * Returns clean rows that are neither trained on nor judged on, drawn by a stream of their own,
   * so that no other row depends on them; none where all rows of a kind have another use.
   */
  default Sequences validation(Window window, Set<Quirk> quirks, long seed, TokenSource source) {
    return Sequences.empty(length());
  }

  /**
   * Returns planted rows, and rows of the same kind that were never planted, drawn by a stream of
   * their own; empty where rows are given, so that there is nothing to draw others by.
   */
  default Optional<MembershipRows> membership(
      Window window, Set<Quirk> quirks, long seed, TokenSource source) {
    return Optional.empty();
  }

  /**
   * Returns the rows of a file of that name, which is for methods alone: nothing is trained on it
   * or judged by it; empty if there is none.
   */
  default Optional<Sequences> file(String name) {
    return Optional.empty();
  }

  /**
   * Returns a hash of the files that rows come from; empty if the definition alone makes them. A
   * model is trained anew where either changes.
   */
  default String sourceHash(TokenSource source) {
    return "";
  }

  /** Returns files that rows come from and that are not there. */
  default List<Path> missing(TokenSource source) {
    return List.of();
  }

  /** Returns this definition without the places of files: their content is the source's hash. */
  default DataSpec anywhere() {
    return this;
  }

  /** Returns a hash of all that a result may owe to the rows of a seed. */
  default String hash(TaskData rows) {
    return rows.hash();
  }

  /** Returns the tokenizer's id of each id in rows, in order, if they were numbered anew. */
  default List<Integer> renumberedIds(TokenSource source) {
    return List.of();
  }

  /**
   * Returns the first and one-past-last target of a row that a perfect model could predict. A task
   * without any, {0, 0}, has no accuracy: its models are judged by perplexity.
   */
  int[] predictable(int[] row);

  /** Returns whether models are judged by accuracy, not only by perplexity. */
  boolean hasAccuracy();

  /** Returns the rows of a batch where perplexity is a mean over batches. */
  default int perplexityBatch() {
    return 128;
  }

  /** Returns whether the perplexities of batches are rounded to float16 and added up in it. */
  default boolean addsPerplexityInHalf(Set<Quirk> quirks) {
    return false;
  }

  /** Returns half a line for readers of a report: what the rows are, what is planted in them. */
  String inWords();
}
