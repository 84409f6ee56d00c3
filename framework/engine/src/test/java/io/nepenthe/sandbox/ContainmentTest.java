package io.nepenthe.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContainmentTest {
  private static final SandboxOffer NOTHING = SandboxOffer.lacking("there is no tool");
  private static final SandboxOffer TOOL =
      SandboxOffer.of(new Bubblewrap("bwrap", "bubblewrap 0.8.0", Path.of("/dev"), List.of()));

  private final List<String> warnings = new ArrayList<>();

  private Containment of(SandboxChoice asked, SandboxOffer offer) {
    return Containment.of(asked, () -> offer, warnings::add);
  }

  @Test
  void whatWorksIsUsedInSilence() {
    assertEquals("bubblewrap 0.8.0 (asked for: auto)", of(SandboxChoice.AUTO, TOOL).use().words());
    assertEquals("required", of(SandboxChoice.REQUIRED, TOOL).use().asked());
    assertEquals(List.of(), warnings);
  }

  @Test
  void aSandboxThatIsRequiredAndNotThereIsAnError() {
    NepentheException refused =
        assertThrows(NepentheException.class, () -> of(SandboxChoice.REQUIRED, NOTHING));
    assertEquals(ErrorCode.BAD_USAGE, refused.code());
    assertEquals(
        "no sandbox: there is no tool. Mend that, or give --sandbox auto to run plugins with your"
            + " own rights.",
        refused.getMessage());
  }

  @Test
  void oneThatWouldBeWelcomeIsMissedInOneLine() {
    assertEquals("none", of(SandboxChoice.AUTO, NOTHING).use().used());
    assertEquals(
        List.of("plugins run with your own rights, without a sandbox: there is no tool"), warnings);
  }

  @Test
  void oneThatIsNotWantedIsNotEvenLookedFor() {
    Containment off =
        Containment.of(
            SandboxChoice.OFF,
            () -> {
              throw new AssertionError("looked for");
            },
            warnings::add);
    assertEquals("none (asked for: off)", off.use().words());
    assertEquals(List.of("true"), off.sandbox().command(List.of("true"), null));
    assertEquals(List.of(), warnings);
  }
}
