package io.nepenthe.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Tasks that differ in layers, data size or moment of training, and in nothing else that is stored.
 *
 * @param name what their ids begin with
 * @param slug the same as part of a file name, different for different families
 * @param values of the traits that all tasks have, by task in the suite's order
 */
record TaskFamily(String name, String slug, Map<String, Map<Trait, Integer>> values) {
  /** Returns the families of at least two tasks that some trait tells apart. */
  static List<TaskFamily> of(Report report) {
    Map<String, Map<String, Map<Trait, Integer>>> byRest = new LinkedHashMap<>();
    for (String task : report.tasks()) {
      Map<Trait, Integer> values = values(report, task);
      byRest
          .computeIfAbsent(
              values.keySet() + Trait.rest(report, task), none -> new LinkedHashMap<>())
          .put(task, values);
    }
    List<TaskFamily> families = new ArrayList<>();
    for (Map<String, Map<Trait, Integer>> tasks : byRest.values()) {
      String name = name(List.copyOf(tasks.keySet()));
      String slug = name.replaceAll("[^A-Za-z0-9-]", "-") + "--" + (families.size() + 1);
      TaskFamily family = new TaskFamily(name, slug, tasks);
      if (!family.varied().isEmpty()) {
        families.add(family);
      }
    }
    return families;
  }

  private static Map<Trait, Integer> values(Report report, String task) {
    Map<Trait, Integer> values = new EnumMap<>(Trait.class);
    for (Trait trait : Trait.values()) {
      OptionalInt value = trait.of(report, task);
      if (value.isPresent()) {
        values.put(trait, value.getAsInt());
      }
    }
    return values;
  }

  private static String name(List<String> ids) {
    String prefix = ids.get(0);
    for (String id : ids) {
      while (!id.startsWith(prefix)) {
        prefix = prefix.substring(0, prefix.length() - 1);
      }
    }
    int dash = prefix.lastIndexOf('-');
    return dash > 0 ? prefix.substring(0, dash) : ids.get(0);
  }

  List<String> tasks() {
    return List.copyOf(values.keySet());
  }

  /** Returns the traits of which there is more than one value. */
  List<Trait> varied() {
    return Arrays.stream(Trait.values()).filter(trait -> distinct(trait).size() > 1).toList();
  }

  /** Returns a trait's values, rising. */
  List<Integer> distinct(Trait trait) {
    return values.values().stream()
        .map(each -> each.get(trait))
        .filter(Objects::nonNull)
        .distinct()
        .sorted()
        .toList();
  }

  int value(String task, Trait trait) {
    return Objects.requireNonNull(Objects.requireNonNull(values.get(task)).get(trait));
  }
}
