package io.nepenthe.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerJvmTest {
  @Test
  void theUsersOptionsComeLastAndSoWin() {
    List<String> options = WorkerJvm.options(3, Path.of("run"), List.of("-Xmx5g", "-Dx=y"));
    assertEquals(List.of("-Xmx5g", "-Dx=y"), options.subList(options.size() - 2, options.size()));
    assertTrue(options.contains("-Dai.djl.pytorch.num_threads=3"));
    assertTrue(options.contains("-XX:ErrorFile=" + Path.of("run", "hs_err_pid%p.log")));
    assertTrue(options.indexOf("-Xmx2g") < options.indexOf("-Xmx5g"));
  }

  @Test
  void everyLocaleGivesTheSameDigitsAndLibtorchIsUnpackedOnce() {
    String before = System.getProperty("DJL_CACHE_DIR");
    System.setProperty("DJL_CACHE_DIR", "here");
    try {
      List<String> options = WorkerJvm.options(1, Path.of("run"), List.of());
      assertTrue(options.containsAll(List.of("-Duser.language=", "-Duser.country=")));
      assertTrue(options.contains("-DDJL_CACHE_DIR=here"));
    } finally {
      if (before == null) {
        System.clearProperty("DJL_CACHE_DIR");
      } else {
        System.setProperty("DJL_CACHE_DIR", before);
      }
    }
  }
}
