package io.nepenthe.runstore;

import java.util.List;

/**
 * How fast a GPU ran while something was timed on it, seen once a second while it was busy.
 *
 * @param lowestMhz lowest clock of its processors
 * @param highestMhz highest clock of its processors
 * @param limitMhz the clock they can have
 * @param slowedBy what kept them from it, as the driver names it
 */
public record GpuClocks(int lowestMhz, int highestMhz, int limitMhz, List<String> slowedBy) {
  /** Copies the list. */
  public GpuClocks {
    slowedBy = List.copyOf(slowedBy);
  }

  /** Returns what a reader of times must know, in words; empty if nothing slowed it. */
  String disturbance() {
    return slowedBy.isEmpty()
        ? ""
        : "the GPU was slowed by %s: %d to %d of %d MHz"
            .formatted(String.join(", ", slowedBy), lowestMhz, highestMhz, limitMhz);
  }
}
