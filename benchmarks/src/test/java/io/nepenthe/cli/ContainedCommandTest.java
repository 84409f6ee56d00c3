package io.nepenthe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContainedCommandTest {
  @Test
  void theCommandIsGivenOnceMoreButWritesElsewhereAndLooksForNoSandbox() {
    assertEquals(
        List.of("apply", "act", "--model", "m", "--out", "/made", "--sandbox", "off"),
        ContainedCommand.arguments(
            List.of("apply", "act", "--out", "o", "--model", "m", "--sandbox", "required"),
            Path.of("/made")));
    assertEquals(
        List.of("apply", "act", "--out", "/made", "--sandbox", "off"),
        ContainedCommand.arguments(
            List.of("apply", "--sandbox=auto", "act", "--out=o"), Path.of("/made")));
  }
}
