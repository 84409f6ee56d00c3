package io.nepenthe.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nepenthe.run.WorkUnit;
import io.nepenthe.run.WorkUnit.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Times of plans that can be reckoned by hand. */
class MakespanTest {
  /** Originals of 10 and 2 hours; on the first one unit of 1, on the second three of 4. */
  private static final List<WorkUnit> UNITS =
      List.of(original(0), original(1), trials(2, 0), trials(3, 1), trials(4, 1), trials(5, 1));

  private static final double[] HOURS = {10, 2, 1, 4, 4, 4};
  private static final Makespan MAKESPAN = new Makespan(UNITS, HOURS);

  private static WorkUnit original(int index) {
    return new WorkUnit(
        index, 1, Kind.TRAINING, "task", List.of(), index, null, List.of(), List.of(), null);
  }

  private static WorkUnit trials(int index, int after) {
    return new WorkUnit(
        index,
        2,
        Kind.TRIALS,
        "task",
        List.of(),
        after,
        "act",
        List.of(Map.of("ratio", 0.1)),
        List.of(after),
        null);
  }

  @Test
  void oneDeviceDoesOneAfterTheOther() {
    assertEquals(25, MAKESPAN.of(1));
    assertEquals(25, MAKESPAN.inPhases(1));
  }

  @Test
  void twoDevicesNeedNotWaitForTheLongestOriginal() {
    assertEquals(2 + 4 + 4 + 4, MAKESPAN.of(2)); // on one; 10 and 1 on the other
    assertEquals(10 + 4 + 4, MAKESPAN.inPhases(2));
  }

  @Test
  void noNumberOfDevicesIsFasterThanTheLongestChain() {
    assertEquals(11, MAKESPAN.of(1000));
    assertEquals(10 + 4, MAKESPAN.inPhases(1000));
  }
}
