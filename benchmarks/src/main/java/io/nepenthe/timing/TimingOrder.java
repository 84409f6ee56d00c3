package io.nepenthe.timing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * In which order a fork repeats the winners of a method.
 *
 * @param warmUps shots off the record, as indices of winners
 * @param measured shots that count, likewise
 */
record TimingOrder(List<Integer> warmUps, List<Integer> measured) {
  /** Returns how many shots there are, those off the record included. */
  int size() {
    return warmUps.size() + measured.size();
  }

  TimingOrder {
    warmUps = List.copyOf(warmUps);
    measured = List.copyOf(measured);
  }

  /**
   * Returns rounds in which every winner has one shot. Each round begins one winner later, so that
   * none is always the first.
   *
   * @param winners how many there are
   * @param warmUpRounds rounds off the record
   * @param rounds rounds that count
   */
  static TimingOrder rounds(int winners, int warmUpRounds, int rounds) {
    List<Integer> all = new ArrayList<>();
    for (int round = 0; round < warmUpRounds + rounds; round++) {
      int first = round;
      IntStream.range(0, winners).map(i -> (first + i) % winners).forEach(all::add);
    }
    return new TimingOrder(
        all.subList(0, warmUpRounds * winners), all.subList(warmUpRounds * winners, all.size()));
  }

  /** Returns one round that counts. */
  static TimingOrder once(int winners, List<Integer> warmUps) {
    return new TimingOrder(warmUps, IntStream.range(0, winners).boxed().toList());
  }

  /** Returns two rounds over some winners, without a warm-up. */
  static TimingOrder twice(List<Integer> winners) {
    return new TimingOrder(List.of(), Stream.of(winners, winners).flatMap(List::stream).toList());
  }
}
