package io.nepenthe.run;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what a run said. */
class Listener implements RunListener {
  private final Set<String> progressed = new ConcurrentSkipListSet<>();
  private final List<String> warnings = new CopyOnWriteArrayList<>();

  @Override
  public void progressed(String what, long done, long total) {
    progressed.add(what);
  }

  @Override
  public void warned(String line) {
    warnings.add(line);
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  List<String> trainings() {
    return progressed.stream().filter(what -> what.startsWith("train ")).toList();
  }

  List<String> mitigations() {
    return progressed.stream().filter(what -> what.startsWith(TinySuite.TASK)).toList();
  }
}
