package io.nepenthe.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ForkClassPathTest {
  @Test
  void aForkSeesJmhAndWhatWorkersSeeAndNoJudge() {
    String path = System.getProperty("java.class.path");
    String forks;
    try (ForkClassPath open = new ForkClassPath()) {
      assertNotNull(open);
      forks = System.getProperty("java.class.path");
    }
    assertEquals(path, System.getProperty("java.class.path"));
    for (String needed : List.of("jmh-core", "pf4j", "oshi-core", "host", "benchmarks")) {
      assertTrue(forks.contains(needed), needed + " is not in " + forks);
    }
    for (String judges :
        List.of(
            "engine/target",
            "nepenthe-engine",
            "tasks/target",
            "nepenthe-tasks",
            "snakeyaml",
            "duckdb")) {
      assertTrue(!forks.contains(judges), judges + " is in " + forks);
    }
  }
}
