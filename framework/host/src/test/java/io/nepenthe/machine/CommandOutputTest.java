package io.nepenthe.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandOutputTest {
  @TempDir private Path folder;

  private String output(String script) {
    return CommandOutput.of(folder, List.of("sh", "-c", script));
  }

  @Test
  void isWhatTheCommandSays() {
    assertEquals("two\nlines", output("echo; echo two; echo lines; echo more >&2"));
    assertEquals("", output("true"));
  }

  @Test
  void isNullIfTheCommandFailsOrIsNotThere() {
    assertNull(output("echo half; exit 3"));
    assertNull(CommandOutput.of(folder, List.of("no-such-command")));
  }
}
