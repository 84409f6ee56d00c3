package io.nepenthe.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("spark")
class OpenUnitsTest {
  private static PlannedUnit unit(int index, Integer... after) {
    return new PlannedUnit(index, "unit " + index, List.of(), "", List.of(after));
  }

  private static final List<PlannedUnit> PLAN =
      List.of(unit(0), unit(1), unit(2, 0), unit(3, 1), unit(4, 0, 1), unit(5, 2));

  private static List<Integer> ready(OpenUnits open) {
    List<Integer> ready = new ArrayList<>();
    for (Optional<PlannedUnit> next = open.next(); next.isPresent(); next = open.next()) {
      ready.add(next.get().index());
    }
    return ready;
  }

  @Test
  void aUnitWaitsForAllThatItStandsOn() {
    OpenUnits open = new OpenUnits(PLAN);
    assertEquals(List.of(0, 1), ready(open));
    open.done(PLAN.get(1));
    assertEquals(List.of(3), ready(open));
    open.done(PLAN.get(0));
    assertEquals(List.of(2, 4), ready(open));
    open.done(PLAN.get(2));
    assertEquals(List.of(5), ready(open));
    assertEquals(3, open.done());
  }

  @Test
  void whatIsNotAskedForCountsAsDone() {
    OpenUnits open = new OpenUnits(PLAN.subList(3, 6));
    assertEquals(List.of(3, 4, 5), ready(open));
    assertEquals(3, open.asked());
  }

  @Test
  void whatStandsOnALostUnitIsLostWithIt() {
    OpenUnits open = new OpenUnits(PLAN);
    assertEquals(List.of(0, 1), ready(open));
    open.lost(PLAN.get(0));
    open.done(PLAN.get(1));
    assertEquals(List.of(3), ready(open));
    assertEquals(4, open.lost());
  }
}
