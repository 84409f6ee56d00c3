package io.nepenthe.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * What units need of others where nothing is shared: trained models and their base measurements. An
 * executor fetches what its units stand on, once, and nothing else.
 */
final class NeededFiles {
  private final JavaSparkContext context;
  private final Plan plan;
  private final Path run;
  private final Path cache;
  private final Map<Integer, Broadcast<ShippedFiles>> sent = new HashMap<>();
  private final Map<Integer, Integer> users = new HashMap<>();

  /**
   * Prepares it.
   *
   * @param asked the units that are run
   */
  NeededFiles(JavaSparkContext context, Plan plan, List<PlannedUnit> asked, DriverOptions options) {
    this.context = context;
    this.plan = plan;
    this.run = options.run();
    this.cache = options.cache();
    asked.forEach(unit -> unit.after().forEach(each -> users.merge(each, 1, Integer::sum)));
  }

  /** Returns what a unit stands on, and what was made of its own model before. */
  List<Broadcast<ShippedFiles>> of(PlannedUnit unit) throws IOException {
    List<Broadcast<ShippedFiles>> needed = new ArrayList<>();
    for (int index : unit.after()) {
      Broadcast<ShippedFiles> known = sent.get(index);
      if (known == null) {
        known = context.broadcast(ShippedFiles.made(run, cache, plan.units().get(index)));
        sent.put(index, known);
      }
      needed.add(known);
    }
    if (!unit.checkpoint().isEmpty()) {
      ShippedFiles own = ShippedFiles.made(run, cache, unit);
      if (!own.isEmpty()) {
        needed.add(context.broadcast(own));
      }
    }
    return needed;
  }

  /** Forgets what no other unit needs, now that one has ended. */
  void ended(PlannedUnit unit) {
    for (int index : unit.after()) {
      if (users.merge(index, -1, Integer::sum) == 0) {
        Broadcast<ShippedFiles> unused = sent.remove(index);
        if (unused != null) {
          unused.destroy();
        }
      }
    }
  }
}
