package io.nepenthe.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CleanEnvironmentTest {
  private static final Map<String, String> NEEDED =
      Map.of(
          "PATH", "/usr/bin",
          "LANG", "C.UTF-8",
          "LC_CTYPE", "C.UTF-8",
          "LD_LIBRARY_PATH", "/opt/cuda",
          "CUDA_VISIBLE_DEVICES", "0",
          "OMP_NUM_THREADS", "1",
          "PYTORCH_VERSION", "2",
          "DJL_CACHE_DIR", "/cache/djl");

  @Test
  void nothingOfTheUsersIsLeftAndWhatComputingNeedsIs() {
    Map<String, String> variables = new TreeMap<>(NEEDED);
    for (String secret :
        List.of(
            "AWS_SECRET_ACCESS_KEY",
            "GITHUB_TOKEN",
            "HF_TOKEN",
            "MY_PATH",
            "PATHS",
            "path",
            "SSH_AUTH_SOCK",
            "DBUS_SESSION_BUS_ADDRESS",
            "JAVA_TOOL_OPTIONS",
            "JDK_JAVA_OPTIONS",
            "NEPENTHE_HOME",
            "USER")) {
      variables.put(secret, "secret");
    }
    variables.put("HOME", "/home/somebody");
    CleanEnvironment.leave(variables, Path.of("/own"));
    Map<String, String> expected = new TreeMap<>(NEEDED);
    expected.put("HOME", "/own");
    expected.put("TMPDIR", "/own");
    assertEquals(expected, variables);
  }
}
