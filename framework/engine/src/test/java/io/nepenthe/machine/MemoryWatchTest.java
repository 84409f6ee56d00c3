package io.nepenthe.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryWatchTest {
  private static final long GIB = 1L << 30;

  @Test
  void whatIsBeyondTheLimitIsToldOnceInWords() {
    AtomicLong held = new AtomicLong(GIB);
    List<String> told = Collections.synchronizedList(new ArrayList<>());
    try (MemoryWatch watch = new MemoryWatch(2 * GIB, held::get, told::add)) {
      watch.look();
      assertEquals(List.of(), told);
      held.set(3 * GIB);
      watch.look();
      assertEquals(List.of("it held 3.00 GiB of memory, of which --memory allows 2.00"), told);
    }
  }
}
