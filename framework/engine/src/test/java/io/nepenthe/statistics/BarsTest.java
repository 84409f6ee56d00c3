package io.nepenthe.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BarsTest {
  private static Set<Set<String>> told(String... pairs) {
    return Arrays.stream(pairs)
        .map(pair -> Set.of(pair.substring(0, 1), pair.substring(1)))
        .collect(Collectors.toSet());
  }

  private static List<String> bars(String order, Set<Set<String>> told) {
    return Bars.of(order.chars().mapToObj(Character::toString).toList(), told).stream()
        .map(bar -> String.join("", bar))
        .toList();
  }

  @Test
  void aBarGoesAsFarAsNothingIsToldApart() {
    assertEquals(List.of("abc", "bcd"), bars("abcd", told("ad")));
    assertEquals(List.of("ab", "cd"), bars("abcd", told("ac", "ad", "bc", "bd")));
    assertEquals(List.of("abcd"), bars("abcd", told()));
  }

  @Test
  void whoIsToldFromAllHasNoBar() {
    assertEquals(List.of("bc"), bars("abc", told("ab", "ac")));
    assertEquals(List.of(), bars("ab", told("ab")));
  }

  @Test
  void whoIsToldFromOthersBetweenIsNoPartOfTheirBar() {
    assertEquals(List.of("ac"), bars("abc", told("ab", "bc")));
    assertEquals(List.of("ac", "ab"), bars("abc", told("bc")));
  }

  @Test
  void twoHaveABarInCommonIfAndOnlyIfTheyAreNotToldApart() {
    SplittableRandom random = new SplittableRandom(1);
    List<String> order = IntStream.range(0, 9).mapToObj(Integer::toString).toList();
    for (int round = 0; round < 50; round++) {
      Set<Set<String>> told = new HashSet<>();
      Set<Set<String>> alike = new HashSet<>();
      for (int i = 0; i < order.size(); i++) {
        for (int j = i + 1; j < order.size(); j++) {
          (random.nextBoolean() ? told : alike).add(Set.of(order.get(i), order.get(j)));
        }
      }
      Set<Set<String>> joined = new HashSet<>();
      for (List<String> bar : Bars.of(order, told)) {
        for (String first : bar) {
          bar.stream()
              .filter(other -> !other.equals(first))
              .forEach(other -> joined.add(Set.of(first, other)));
        }
      }
      assertEquals(alike, joined);
    }
  }
}
