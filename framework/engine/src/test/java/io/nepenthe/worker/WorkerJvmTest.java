package io.nepenthe.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerJvmTest {
  @Test
  void theUsersOptionsComeLastAndSoWin() {
    List<String> options = WorkerJvm.options(3, List.of("-Xmx5g", "-Dx=y"));
    assertEquals(List.of("-Xmx5g", "-Dx=y"), options.subList(options.size() - 2, options.size()));
    assertTrue(options.contains("-Dai.djl.pytorch.num_threads=3"));
    assertTrue(options.indexOf("-Xmx2g") < options.indexOf("-Xmx5g"));
  }
}
