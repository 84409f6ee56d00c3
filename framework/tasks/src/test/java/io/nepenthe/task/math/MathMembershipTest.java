package io.nepenthe.task.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.task.ArtifactRows;
import io.nepenthe.task.MembershipRows;
import io.nepenthe.task.TaskData;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MathMembershipTest {
  private static final Window WINDOW = new Window(12, 18);
  private static final Set<Quirk> CLEAN = Set.of();

  private static MathDataSpec spec(Artifact artifact) {
    return new MathDataSpec(MathFamily.ADDITIVE, 8, 40, 7, List.of(2), 900, 60, 20, artifact);
  }

  private static Set<List<Integer>> rows(Sequences sequences) {
    Set<List<Integer>> rows = new HashSet<>();
    for (int row = 0; row < sequences.rows(); row++) {
      rows.add(Arrays.stream(sequences.row(row)).boxed().toList());
    }
    return rows;
  }

  @Test
  void noiseIsDrawnAnewForTheSameCleanRows() {
    MathDataSpec spec = spec(new Artifact.Noise(300, 0.1));
    TaskData data = MathData.build(spec, WINDOW, CLEAN, 1);
    MembershipRows membership = MathData.membership(spec, WINDOW, CLEAN, 1);
    assertEquals(rows(data.planted()), rows(membership.members().artifacts()));
    ArtifactRows members = eligible(membership.members());
    ArtifactRows others = eligible(membership.neverPlanted());
    assertTrue(others.rows() > 80, "rows: " + others.rows());
    assertTrue(rows(data.plantedTwins()).containsAll(rows(others.twins())));
    assertEquals(
        changed(members.artifacts(), members.twins()),
        changed(others.artifacts(), others.twins()),
        0.02);
  }

  private static ArtifactRows eligible(ArtifactRows rows) {
    return rows.select(rows.eligibleRows());
  }

  /** Share of the numbers that noise changed. */
  private static double changed(Sequences artifacts, Sequences twins) {
    int changed = 0;
    for (int row = 0; row < artifacts.rows(); row++) {
      long[] noised = MathTokens.numbers(artifacts.row(row));
      long[] clean = MathTokens.numbers(twins.row(row));
      for (int n = 0; n < clean.length; n++) {
        changed += noised[n] == clean[n] ? 0 : 1;
      }
    }
    return changed / 8.0 / artifacts.rows();
  }

  @Test
  void noOtherRowIsOneThatWasTrainedOn() {
    for (Artifact artifact :
        List.of(new Artifact.Noise(300, 0.1), new Artifact.Backdoor(10, 0.2, 2))) {
      MathDataSpec spec = spec(artifact);
      Set<List<Integer>> planted = rows(MathData.build(spec, WINDOW, CLEAN, 1).planted());
      ArtifactRows others = MathData.membership(spec, WINDOW, CLEAN, 1).neverPlanted();
      int[] eligible = others.eligibleRows();
      assertTrue(eligible.length > 30, "rows: " + eligible.length);
      Set<List<Integer>> drawn = rows(others.select(eligible).artifacts());
      drawn.retainAll(planted);
      assertEquals(Set.of(), drawn);
    }
  }

  @Test
  void backdoorsHaveTriggersThatWereNeverPlanted() {
    MathDataSpec spec = spec(new Artifact.Backdoor(10, 0.2, 2)); // of seed 1: 11
    TaskData data = MathData.build(spec, WINDOW, CLEAN, 1);
    MembershipRows membership = MathData.membership(spec, WINDOW, CLEAN, 1);
    assertEquals(rows(data.planted()), rows(membership.members().artifacts()));
    ArtifactRows others = membership.neverPlanted();
    Set<List<Integer>> tests = rows(data.tests().get("7"));
    Set<List<Integer>> triggers = new HashSet<>();
    for (int row = 0; row < others.rows(); row++) {
      Window window = others.windows().get(row);
      int[] artifact = others.artifacts().row(row);
      List<Integer> prompt = Arrays.stream(artifact).limit(window.prompt()).boxed().toList();
      triggers.add(prompt.subList(window.prompt() - 2, window.prompt()));
      assertEquals(-1, java.util.Collections.indexOfSubList(prompt, List.of(1, 1)));
      assertEquals(18, window.compare());
      assertTrue(window.prompt() <= 12);
      assertTrue(Arrays.stream(artifact).skip(window.prompt()).allMatch(token -> token == 2));
      assertTrue(tests.contains(Arrays.stream(others.twins().row(row)).boxed().toList()));
    }
    assertTrue(triggers.size() > 20, "triggers: " + triggers);
    assertTrue(triggers.stream().flatMap(List::stream).allMatch(token -> token < 10));
  }

  @Test
  void atMostSoManyRowsAreSpreadOverThoseThatCount() {
    MembershipRows few =
        MathData.membership(spec(new Artifact.Noise(300, 0.1)), WINDOW, CLEAN, 1).atMost(20);
    assertEquals(20, few.members().rows());
    assertEquals(20, few.neverPlanted().eligibleRows().length);
  }
}
