package io.nepenthe.leaderboard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** How places changed from day to day, as the archives came; made anew from them each time. */
final class PlaceHistory {
  private PlaceHistory() {}

  /**
   * What one day brought.
   *
   * @param date of the archives
   * @param archives that came, in words
   * @param changes of places, one sentence each
   */
  record Day(String date, List<String> archives, List<String> changes) {
    Day {
      archives = List.copyOf(archives);
      changes = List.copyOf(changes);
    }
  }

  private record Holder(String method, String name, String version, int place) {}

  /**
   * Returns the days, the latest first.
   *
   * @param archives in the order in which they came
   * @param boards the leaderboard of the first so many of them
   */
  static List<Day> of(
      List<BoardArchive> archives, Tier lowest, Function<Integer, Leaderboard> boards) {
    List<Day> days = new ArrayList<>();
    Map<String, Map<String, Holder>> before = Map.of();
    for (int end = 1; end <= archives.size(); end++) {
      String date = archives.get(end - 1).date();
      if (end < archives.size() && archives.get(end).date().equals(date)) {
        continue;
      }
      Map<String, Map<String, Holder>> now = places(boards.apply(end));
      days.add(
          0,
          new Day(
              date,
              archives.stream()
                  .filter(each -> each.date().equals(date))
                  .map(each -> words(each, lowest))
                  .toList(),
              changes(before, now)));
      before = now;
    }
    return days;
  }

  private static String words(BoardArchive archive, Tier lowest) {
    List<String> why = archive.why(lowest);
    return archive.file()
        + (archive.author().isEmpty() ? "" : " by " + archive.author())
        + (why.isEmpty() ? "" : ": not placed, " + String.join("; ", why));
  }

  /** Returns who holds which place, by task. */
  private static Map<String, Map<String, Holder>> places(Leaderboard leaderboard) {
    Map<String, Map<String, Holder>> all = new LinkedHashMap<>();
    for (Board board : leaderboard.boards()) {
      String title = leaderboard.boards().size() == 1 ? "" : board.title() + ", ";
      Map<String, Holder> overall = new LinkedHashMap<>();
      board
          .overall()
          .forEach(
              each ->
                  overall.put(
                      each.method(),
                      new Holder(each.method(), each.name(), each.version(), each.place())));
      all.put(title + "overall", overall);
      for (TaskBoard task : board.tasks()) {
        Map<String, Holder> places = new LinkedHashMap<>();
        task.entries().stream()
            .filter(each -> each.place() != null)
            .forEach(
                each ->
                    places.put(
                        each.method(),
                        new Holder(
                            each.method(),
                            each.name(),
                            each.version(),
                            Objects.requireNonNull(each.place()))));
        all.put(title + task.task(), places);
      }
    }
    return all;
  }

  private static List<String> changes(
      Map<String, Map<String, Holder>> before, Map<String, Map<String, Holder>> now) {
    List<String> changes = new ArrayList<>();
    TreeSet<String> tables = new TreeSet<>(before.keySet());
    tables.addAll(now.keySet());
    for (String table : tables) {
      Map<String, Holder> old = before.getOrDefault(table, Map.of());
      Map<String, Holder> current = now.getOrDefault(table, Map.of());
      current.values().stream()
          .sorted(Comparator.comparingInt(Holder::place).thenComparing(Holder::name))
          .map(holder -> change(Optional.ofNullable(old.get(holder.method())), holder))
          .flatMap(Optional::stream)
          .map(change -> table + ": " + change)
          .forEach(changes::add);
      old.values().stream()
          .filter(holder -> !current.containsKey(holder.method()))
          .map(holder -> table + ": " + words(holder) + " loses place " + holder.place())
          .forEach(changes::add);
    }
    return changes;
  }

  private static Optional<String> change(Optional<Holder> before, Holder now) {
    if (before.isEmpty()) {
      return Optional.of(words(now) + " takes place " + now.place());
    }
    Holder old = before.get();
    if (old.place() == now.place()) {
      return old.version().equals(now.version())
          ? Optional.empty()
          : Optional.of(
              words(now) + " follows " + old.version() + " and keeps place " + now.place());
    }
    return Optional.of(
        words(now)
            + (now.place() < old.place() ? " rises" : " falls")
            + " from place "
            + old.place()
            + " to "
            + now.place());
  }

  private static String words(Holder holder) {
    return holder.name() + " " + holder.version();
  }
}
