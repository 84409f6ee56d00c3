package io.nepenthe.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RandomStreamsTest {
  /** Stored results depend on these values: a change needs a new protocol version. */
  @Test
  void drawsTheValuesOfThisProtocol() {
    RandomStreams streams = new RandomStreams(598);
    assertEquals(-2848616803470490067L, streams.stream("shuffle/0").nextLong());
    assertEquals(-1.2832632423657018, streams.stream("init").nextGaussian());
    assertArrayEquals(
        new int[] {1, 2, 0, 7, 4, 3, 5, 6},
        RandomStreams.permutation(8, streams.stream("split/7")));
  }

  @Test
  void dependsOnSeedAndNameOnly() {
    RandomStreams streams = new RandomStreams(1);
    streams.stream("a").nextLong();
    assertEquals(streams.stream("a").nextLong(), new RandomStreams(1).stream("a").nextLong());
    assertNotEquals(streams.stream("a").nextLong(), streams.stream("b").nextLong());
    assertNotEquals(streams.stream("a").nextLong(), new RandomStreams(2).stream("a").nextLong());
  }

  @Test
  void permutationHoldsEveryIndexOnce() {
    int[] order = RandomStreams.permutation(1000, new RandomStreams(0).stream("p"));
    int[] all = IntStream.range(0, 1000).toArray();
    assertNotEquals(Arrays.toString(all), Arrays.toString(order));
    Arrays.sort(order);
    assertArrayEquals(all, order);
  }
}
