package io.nepenthe.challenge;

import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.suite.ChallengeSpec;
import io.nepenthe.task.ArtifactRows;
import io.nepenthe.task.TaskData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The artifact rows of a task under other prompts. A prompt that ends with a trigger keeps its end:
 * what the rows' prompts all end with.
 */
final class PromptRows {
  private final ArtifactRows scored;
  private final Window task;
  private final int length;
  private final boolean haveOwnWindows;
  private final int ending;

  private PromptRows(TaskSeed place) {
    TaskData data = place.data();
    this.scored = data.scored();
    this.task = place.task().window();
    this.length = Math.min(scored.artifacts().length(), data.trainedLength(place.quirks()));
    this.haveOwnWindows = scored.windows().stream().anyMatch(window -> !window.equals(task));
    this.ending = haveOwnWindows ? commonEnding() : 0;
  }

  /** Returns the rows under each prompt that they allow, by its name. */
  static Map<String, ArtifactRows> of(ChallengeSpec.Prompts asked, TaskSeed place) {
    PromptRows rows = new PromptRows(place);
    Map<String, ArtifactRows> variants = new LinkedHashMap<>();
    for (double share : asked.shorter()) {
      int tokens = rows.tokens(share);
      put(variants, "shorter-" + tokens, rows.beginningLater(tokens, false));
    }
    if (!rows.haveOwnWindows) {
      for (double share : asked.longer()) {
        int tokens = rows.tokens(share);
        put(variants, "longer-" + tokens, rows.longer(tokens));
      }
    }
    put(variants, "shifted-1", rows.beginningLater(1, !rows.haveOwnWindows));
    RandomGenerator random = place.random("prompts/noised");
    place.data().tests().values().stream()
        .filter(test -> !test.isEmpty())
        .findFirst()
        .ifPresent(test -> variants.put("noised", rows.noised(asked.noise(), test, random)));
    return variants;
  }

  private int tokens(double share) {
    return Math.max(1, (int) Math.round(share * task.prompt()));
  }

  private static void put(
      Map<String, ArtifactRows> variants, String name, @Nullable ArtifactRows rows) {
    if (rows != null) {
      variants.put(name, rows);
    }
  }

  private int commonEnding() {
    int common = Integer.MAX_VALUE;
    for (int r = 1; r < scored.rows(); r++) {
      int same = 0;
      int most = Math.min(prompt(0), prompt(r));
      while (same < most && fromEnd(0, same) == fromEnd(r, same)) {
        same++;
      }
      common = Math.min(common, same);
    }
    return scored.rows() < 2 ? 0 : common;
  }

  private int prompt(int row) {
    return scored.windows().get(row).prompt();
  }

  private int fromEnd(int row, int position) {
    return scored.prompts().token(row, prompt(row) - 1 - position);
  }

  /**
   * Returns rows that begin so many tokens later: of a prompt, its first tokens are gone, and all
   * else stands earlier.
   *
   * @param refilled whether the prompt is as long as before, so that what is compared begins later,
   *     too
   */
  private @Nullable ArtifactRows beginningLater(int tokens, boolean refilled) {
    int[] gone =
        IntStream.range(0, scored.rows())
            .map(
                row ->
                    refilled
                        ? tokens
                        : Math.max(0, Math.min(tokens, prompt(row) - Math.max(1, ending))))
            .toArray();
    if (IntStream.of(gone).allMatch(count -> count == 0)) {
      return null;
    }
    List<Window> windows = new ArrayList<>();
    for (int r = 0; r < scored.rows(); r++) {
      Window own = scored.windows().get(r);
      Window moved =
          refilled
              ? compared(own.prompt(), own.compare(), length - tokens)
              : new Window(own.prompt() - gone[r], own.compare());
      if (moved == null) {
        return null;
      }
      windows.add(moved);
    }
    return rows(
        later(scored.artifacts(), gone),
        later(scored.twins(), gone),
        later(scored.prompts(), gone),
        windows);
  }

  /**
   * Returns rows of which so many tokens more are given, as the rows that prompt them have them.
   */
  private @Nullable ArtifactRows longer(int tokens) {
    List<Window> windows = new ArrayList<>();
    for (Window own : scored.windows()) {
      Window moved = compared(own.prompt() + tokens, own.compare(), length);
      if (moved == null) {
        return null;
      }
      windows.add(moved);
    }
    return rows(scored.artifacts(), scored.twins(), scored.prompts(), windows);
  }

  /** Returns a window that ends within rows; null where nothing would be compared. */
  private static @Nullable Window compared(int prompt, int compare, int length) {
    return prompt < length ? new Window(prompt, Math.min(compare, length - prompt)) : null;
  }

  private static Sequences later(Sequences rows, int[] gone) {
    int last = rows.length() - 1;
    return Sequences.of(
        rows.length(),
        rows.rows(),
        (row, position) -> rows.token(row, Math.min(last, position + gone[row])));
  }

  /**
   * Returns rows whose prompts have tokens of clean rows in place of some of their own.
   *
   * @param rate how likely each token is replaced
   */
  private ArtifactRows noised(double rate, Sequences clean, RandomGenerator random) {
    List<int[]> prompts = new ArrayList<>();
    for (int r = 0; r < scored.rows(); r++) {
      int[] row = scored.prompts().row(r);
      for (int p = 0; p < prompt(r) - ending; p++) {
        if (random.nextDouble() < rate) {
          row[p] = clean.token(random.nextInt(clean.rows()), random.nextInt(task.prompt()));
        }
      }
      prompts.add(row);
    }
    return rows(
        scored.artifacts(),
        scored.twins(),
        Sequences.of(scored.prompts().length(), prompts),
        scored.windows());
  }

  /** A row counts if it did, and still differs from its twin where it is compared. */
  private ArtifactRows rows(
      Sequences artifacts, Sequences twins, Sequences prompts, List<Window> windows) {
    List<Boolean> eligible = new ArrayList<>();
    for (int r = 0; r < scored.rows(); r++) {
      eligible.add(
          scored.eligible().get(r)
              && (!scored.differs(r) || ArtifactRows.differ(artifacts, twins, r, windows.get(r))));
    }
    return new ArtifactRows(artifacts, twins, prompts, windows, eligible, scored.copies());
  }
}
