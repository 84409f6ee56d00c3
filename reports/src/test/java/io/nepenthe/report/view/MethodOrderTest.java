package io.nepenthe.report.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.report.RunFixture;
import io.nepenthe.report.Runs;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class MethodOrderTest {
  @Test
  void putsFamiliesAsThePaperDoesAndKeepsTheSuitesOrderWithin() {
    List<String> ids = MethodOrder.of(RunFixture.run()).stream().map(MethodView::id).toList();
    assertEquals(
        List.of(
            "original",
            "no-mitigation",
            "random-pruning",
            "loss-truncation",
            "clean-fine-tuning",
            "balanced-subnet",
            "act",
            "hostile",
            "durable"),
        ids);
  }

  @Test
  void namesTheOriginalAsThePaperDoes() {
    MethodView original = MethodOrder.of(RunFixture.run()).get(0);
    assertEquals("Original model", original.label());
    assertTrue(original.isOriginal());
  }

  @Test
  void tellsMethodsOfOneNameApart() {
    List<MethodView> methods = MethodOrder.of(Runs.withRows(row -> Runs.named(row, "Same", "jmh")));
    assertEquals("Same (no-mitigation)", methods.get(1).label());
    assertEquals(9, methods.stream().map(MethodView::label).distinct().count());
  }

  @Test
  void knowsMethodsWithoutResultsByTheirDescriptors() {
    List<MethodView> methods = MethodOrder.of(Runs.empty());
    assertEquals(8, methods.size());
    assertEquals("No mitigation", methods.get(0).label());
    assertEquals("Controls", methods.get(0).group());
  }

  @Test
  void putsUnknownMethodsWithoutResultsLast() {
    assertEquals("Not run yet", MethodOrder.of(Runs.emptyOf(List.of("a", "b"))).get(1).group());
  }

  @Test
  void givesFiftySixMethodsDifferentLooks() {
    Set<String> looks = new HashSet<>();
    for (int i = 0; i < 56; i++) {
      MethodLook look = MethodLook.of(i);
      looks.add(look.hex() + Marker.svgPath(look.marker()));
    }
    assertEquals(56, looks.size());
  }

  private static String look(LookOrder order, @Nullable Integer stated) {
    MethodLook look = order.of(stated);
    return look.hex() + Marker.svgPath(look.marker());
  }

  @Test
  void aMethodThatStatesItsLookHasItInEveryReport() {
    LookOrder one = new LookOrder();
    LookOrder other = new LookOrder();
    String somebodys = look(other, null);
    assertEquals(look(one, 11), look(other, 11));
    assertNotEquals(look(new LookOrder(), 11), somebodys);
    assertEquals(look(one, null), somebodys);
    assertNotEquals(look(other, null), somebodys);
  }

  @Test
  void twoMethodsThatStateTheSameLookAreToldApart() {
    LookOrder looks = new LookOrder();
    assertNotEquals(look(looks, 3), look(looks, 3));
  }
}
