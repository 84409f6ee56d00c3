package io.nepenthe.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nepenthe.docs.Rooms.Room;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The drawing of packages in {@code docs/architecture.md} is that of the imports. */
class RoomsTest {
  @Test
  void drawingEqualsTheImports() throws IOException {
    Generated.check("docs/architecture.md", "rooms", "\n" + Rooms.read().diagram());
  }

  @Test
  void tableTellsWhatEveryPackageHolds() throws IOException {
    Generated.check("docs/architecture.md", "packages", "\n" + Rooms.read().table());
  }

  @Test
  void arrowsThatFollowFromOthersAreNotDrawn() {
    Rooms rooms =
        rooms(
            Map.of("cli", Set.of("run", "data", "text"), "run", Set.of("data"), "data", Set.of()));
    assertEquals(Set.of("run", "text"), rooms.needed("cli"));
    assertEquals(Set.of("data"), rooms.needed("run"));
  }

  @Test
  void circlesAreFound() {
    Rooms rooms = rooms(Map.of("run", Set.of("data"), "data", Set.of("run")));
    assertThrows(IllegalStateException.class, () -> rooms.needed("run"));
  }

  private static Rooms rooms(Map<String, Set<String>> imports) {
    Map<String, Room> rooms = new TreeMap<>();
    imports.forEach((name, of) -> rooms.put(name, new Room("module", new StringBuilder(), of)));
    rooms.putIfAbsent("text", new Room("module", new StringBuilder(), Set.of()));
    return new Rooms(rooms);
  }
}
