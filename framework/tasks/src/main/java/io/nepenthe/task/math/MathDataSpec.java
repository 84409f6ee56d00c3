package io.nepenthe.task.math;

import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.task.DataSpec;
import io.nepenthe.task.MembershipRows;
import io.nepenthe.task.TaskData;
import io.nepenthe.task.TokenSource;
import io.nepenthe.task.Vocabulary;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Definition of the rows of a math task (DATA 1).
 *
 * @param family the recursion
 * @param numbers numbers in a sequence, 20 in the paper
 * @param length tokens of a row, 150 in the paper
 * @param primary weight of the task that gets artifacts, 7 in the paper
 * @param auxiliary weights of the other tasks, 2, 3, 4, 5 in the paper
 * @param primaryRows starts 0 .. primaryRows-1 of the primary task, 20 000 in the paper
 * @param auxiliaryRows starts of each other task, 3 000, 10 000 or 20 000 in the paper
 * @param testRows rows of each task kept out of training, 1 000 in the paper
 * @param artifact what is planted
 */
public record MathDataSpec(
    MathFamily family,
    int numbers,
    int length,
    int primary,
    List<Integer> auxiliary,
    int primaryRows,
    int auxiliaryRows,
    int testRows,
    Artifact artifact)
    implements DataSpec {
  /** Copies the list and checks the ranges. */
  public MathDataSpec {
    auxiliary = List.copyOf(auxiliary);
    require(numbers >= 3, "numbers", numbers, "at least 3");
    require(length >= 8, "length", length, "at least 8");
    require(primary >= 1, "primary", primary, "at least 1");
    require(testRows >= 1, "testRows", testRows, "at least 1");
    require(primaryRows > testRows, "primaryRows", primaryRows, "more than testRows");
    require(
        auxiliary.isEmpty() || auxiliaryRows > testRows,
        "auxiliaryRows",
        auxiliaryRows,
        "more than testRows");
    for (int weight : auxiliary) {
      require(weight >= 1 && weight != primary, "auxiliary", weight, "positive, not the primary");
    }
  }

  private static void require(boolean holds, String name, int value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException("data." + name + " is " + value + ", must be " + rule);
    }
  }

  @Override
  public Vocabulary vocabulary(TokenSource source) {
    return new Vocabulary(
        MathTokens.VOCABULARY,
        MathTokens.BEGIN,
        MathTokens.END,
        MathTokens.PADDING,
        MathTokens.END);
  }

  @Override
  public TaskData build(Window window, Set<Quirk> quirks, long seed, TokenSource source) {
    return MathData.build(this, window, quirks, seed);
  }

  @Override
  public Sequences validation(Window window, Set<Quirk> quirks, long seed, TokenSource source) {
    return MathData.validation(this, window, quirks, seed);
  }

  @Override
  public Optional<MembershipRows> membership(
      Window window, Set<Quirk> quirks, long seed, TokenSource source) {
    return Optional.of(MathData.membership(this, window, quirks, seed));
  }

  @Override
  public int[] predictable(int[] row) {
    return MathTokens.predictable(row);
  }

  @Override
  public boolean hasAccuracy() {
    return true;
  }

  @Override
  public String inWords() {
    return String.format(
        Locale.ROOT,
        "%s sequences of %d numbers in %d tokens, primary task %d with %d rows, others %s with %d,"
            + " %s",
        family.id(),
        numbers,
        length,
        primary,
        primaryRows,
        auxiliary,
        auxiliaryRows,
        artifact.inWords());
  }
}
