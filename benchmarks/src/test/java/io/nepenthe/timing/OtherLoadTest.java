package io.nepenthe.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OtherLoadTest {
  private double system = 1_000;
  private double own = 7;
  private double clock = 50;
  private final OtherLoad load = new OtherLoad(() -> system, () -> own, () -> clock);

  private void pass(double systemSeconds, double ownSeconds, double clockSeconds) {
    system += systemSeconds;
    own += ownSeconds;
    clock += clockSeconds;
  }

  @Test
  void isWhatTheMachineDidLessWhatThisProcessDid() {
    pass(14, 9, 10);
    assertEquals(0.5, load.cores());
    pass(10, 10, 10);
    assertEquals(0.25, load.cores()); // since the start, not since the last question
  }

  @Test
  void isNotBelowZeroWhereTicksAreCoarserThanTheProcessesOwnTime() {
    pass(1, 1.01, 1);
    assertEquals(0, load.cores());
  }

  @Test
  void isUnknownAfterTooShortATime() {
    pass(0.05, 0, 0.05);
    assertNull(load.cores());
    assertNull(new OtherLoad(() -> system, () -> own, () -> clock).cores());
  }

  @Test
  void isUnknownWhereACounterIs() {
    OtherLoad blind = new OtherLoad(() -> Double.NaN, () -> own, () -> clock);
    pass(1, 1, 1);
    assertNull(blind.cores());
  }

  @Test
  void countsNeitherIdleNorWaitingTimeOfLinux() {
    // 1 + 2 + 4 + 32 + 64 + 128 hundredths; guests (256) are part of user already
    assertEquals(2.31, OtherLoad.linuxSeconds("cpu  1 2 4 8 16 32 64 128 256 512"));
    assertTrue(Double.isNaN(OtherLoad.linuxSeconds("intr 1 2 4 8 16 32 64 128")));
    assertTrue(Double.isNaN(OtherLoad.linuxSeconds("cpu 1 2")));
  }

  @Test
  void isKnownOnThisMachine() throws InterruptedException {
    OtherLoad others = OtherLoad.start();
    Thread.sleep(200);
    Double cores = others.cores();
    assertNotNull(cores);
    assertTrue(cores <= Runtime.getRuntime().availableProcessors() + 0.5, cores + " cores");
  }
}
