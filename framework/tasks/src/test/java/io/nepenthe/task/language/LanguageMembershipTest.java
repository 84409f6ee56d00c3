package io.nepenthe.task.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.task.ArtifactRows;
import io.nepenthe.task.MembershipRows;
import io.nepenthe.task.TaskData;
import io.nepenthe.task.TextEncoding;
import io.nepenthe.task.TokenIds;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LanguageMembershipTest {
  private static final Window WINDOW = new Window(6, 6);
  private static final int LENGTH = 16;

  /** 300 and 50 chunks of words that get rarer. */
  private static TokenIds tokens(String corpus, String split, TextEncoding encoding) {
    java.util.Random random = new java.util.Random(split.hashCode());
    int[] ids =
        random
            .doubles((split.equals("train") ? 300L : 50L) * LENGTH)
            .mapToInt(u -> 20_000 + (int) (300 * u * u))
            .toArray();
    return new TokenIds() {
      @Override
      public int size() {
        return ids.length;
      }

      @Override
      public int id(int index) {
        return ids[index];
      }

      @Override
      public String hash() {
        return split;
      }
    };
  }

  private static LanguageDataSpec spec(LanguageArtifact artifact) {
    return new LanguageDataSpec("text", null, null, LENGTH, null, null, null, artifact, null);
  }

  private static Set<List<Integer>> rows(Sequences sequences) {
    Set<List<Integer>> rows = new HashSet<>();
    for (int row = 0; row < sequences.rows(); row++) {
      rows.add(Arrays.stream(sequences.row(row)).boxed().toList());
    }
    return rows;
  }

  @Test
  void noiseIsDrawnAnewForTheSameCleanChunks() {
    LanguageDataSpec spec = spec(new LanguageArtifact.Noise(40, 0.1, List.of(1, 10)));
    TaskData data = spec.build(WINDOW, Set.of(), 3, LanguageMembershipTest::tokens);
    MembershipRows membership =
        spec.membership(WINDOW, Set.of(), 3, LanguageMembershipTest::tokens).orElseThrow();
    assertEquals(data.scored(), membership.members());
    ArtifactRows others = membership.neverPlanted();
    assertTrue(rows(data.plantedTwins()).containsAll(rows(others.twins())));
    int[] eligible = others.eligibleRows();
    assertTrue(eligible.length > 8, "rows: " + eligible.length);
    Set<List<Integer>> drawn = rows(others.select(eligible).artifacts());
    drawn.retainAll(rows(data.train()));
    assertEquals(Set.of(), drawn);
  }

  @Test
  void passagesAreOfTheTestTextAndPromptedWithThemselves() {
    LanguageDataSpec spec = spec(new LanguageArtifact.Passages(40, List.of(1, 10)));
    TaskData data = spec.build(WINDOW, Set.of(), 3, LanguageMembershipTest::tokens);
    MembershipRows membership =
        spec.membership(WINDOW, Set.of(), 3, LanguageMembershipTest::tokens).orElseThrow();
    assertEquals(data.scored(), membership.members());
    ArtifactRows others = membership.neverPlanted();
    assertEquals(40, others.eligibleRows().length);
    assertEquals(others.artifacts(), others.prompts());
    assertTrue(rows(data.tests().get("test")).containsAll(rows(others.artifacts())));
    assertTrue(
        spec(new LanguageArtifact.Repetition(40, List.of(1, 10)))
            .membership(WINDOW, Set.of(), 3, LanguageMembershipTest::tokens)
            .isEmpty());
  }

  @Test
  void backdoorsHaveTriggersThatWereNeverPlanted() {
    LanguageDataSpec spec =
        spec(new LanguageArtifact.Backdoor(new LanguageArtifact.Between(10, 60), 0.1, 20_002, 100));
    TaskData data = spec.build(WINDOW, Set.of(), 3, LanguageMembershipTest::tokens);
    MembershipRows membership =
        spec.membership(WINDOW, Set.of(), 3, LanguageMembershipTest::tokens).orElseThrow();
    assertEquals(rows(data.planted()), rows(membership.members().artifacts()));
    Window first = membership.members().windows().get(0);
    int trigger = membership.members().artifacts().token(0, first.prompt() - 1);
    ArtifactRows others = membership.neverPlanted();
    assertEquals(membership.members().rows(), others.rows(), "as many, if there are places");
    for (int row = 0; row < others.rows(); row++) {
      int[] artifact = others.artifacts().row(row);
      int prompt = others.windows().get(row).prompt();
      assertFalse(Arrays.stream(artifact).limit(prompt).anyMatch(id -> id == trigger));
      assertTrue(Arrays.stream(artifact).skip(prompt).allMatch(id -> id == 20_002));
    }
  }
}
