package io.nepenthe.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nepenthe.json.Json;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class OperatorProfilerTest {
  @Test
  void timeOfWhatAnOperatorCallsIsNotItsOwn() throws IOException {
    String trace =
        """
        [{"name": "linear", "ph": "X", "tid": 1, "ts": 1000, "dur": 5000},
         {"name": "addmm", "ph": "X", "tid": 1, "ts": 1500, "dur": 3000},
         {"name": "copy", "ph": "X", "tid": 1, "ts": 2000, "dur": 1000},
         {"name": "addmm", "ph": "X", "tid": 1, "ts": 6000, "dur": 2000},
         {"name": "copy", "ph": "X", "tid": 2, "ts": 1000, "dur": 500},
         {"name": "start", "ph": "s", "tid": 1, "ts": 1000}]
        """;
    assertEquals(
        Map.of("linear", 2.0, "addmm", 4.0, "copy", 1.5),
        OperatorProfiler.selfMillis(Json.mapper().readTree(trace)));
  }
}
