package io.nepenthe.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class LocalizationsTest {
  private record Point(String name, int epochs) {}

  @AutoClose private final TinyContext tiny = new TinyContext();
  private final List<Integer> epochs = new ArrayList<>();
  private final List<String> snapshots = new ArrayList<>();

  private Map<Point, String> run(Point... points) {
    Map<Point, String> found = new LinkedHashMap<>();
    Localizations<Point, String> into = found::put;
    into.putAfterEpochs(
        List.of(points),
        Point::epochs,
        (number, progress) -> {
          epochs.add(number);
          progress.update(0, 2);
          progress.update(1, 2);
        },
        this::snapshot,
        tiny.context(Map.of()));
    return found;
  }

  private String snapshot() {
    snapshots.add("after " + epochs.size());
    return snapshots.get(snapshots.size() - 1);
  }

  @Test
  void aPointGetsWhatIsFoundAfterItsEpochs() {
    Point late = new Point("late", 3);
    Point early = new Point("early", 1);
    assertEquals(Map.of(early, "after 1", late, "after 3"), run(late, early));
    assertEquals(List.of(1, 2, 3), epochs);
    assertEquals(List.of("0/6", "1/6", "2/6", "3/6", "4/6", "5/6"), tiny.progress());
  }

  @Test
  void pointsOfEquallyManyEpochsShareOneSnapshot() {
    Point one = new Point("one", 2);
    Point other = new Point("other", 2);
    assertEquals(Map.of(one, "after 2", other, "after 2"), run(one, other));
    assertEquals(List.of("after 2"), snapshots);
  }
}
