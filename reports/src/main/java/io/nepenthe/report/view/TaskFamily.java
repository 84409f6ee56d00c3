package io.nepenthe.report.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Tasks that differ in layers, data size or moment of training, and in nothing else that could
 * change their numbers.
 *
 * @param name of their model, if that has one, else what their ids begin with
 * @param slug the same as part of a file name, different for different families
 * @param values of the traits that all tasks have, by task in the suite's order
 */
public record TaskFamily(String name, String slug, Map<String, Map<TaskVariable, Integer>> values) {
  /** Returns the families of at least two tasks that some trait tells apart. */
  public static List<TaskFamily> of(ReportModel report) {
    Map<String, Map<String, Map<TaskVariable, Integer>>> byRest = new LinkedHashMap<>();
    for (String task : report.tasks()) {
      Map<TaskVariable, Integer> values = values(report, task);
      byRest
          .computeIfAbsent(
              values.keySet() + report.info().task(task).rest(), none -> new LinkedHashMap<>())
          .put(task, values);
    }
    List<TaskFamily> families = new ArrayList<>();
    for (Map<String, Map<TaskVariable, Integer>> tasks : byRest.values()) {
      List<String> ids = List.copyOf(tasks.keySet());
      String model = report.info().task(ids.get(0)).model(); // of all: it is in the rest
      String name = model == null ? name(ids) : model;
      String slug = name.replaceAll("[^A-Za-z0-9-]", "-") + "--" + (families.size() + 1);
      TaskFamily family = new TaskFamily(name, slug, tasks);
      if (!family.varied().isEmpty()) {
        families.add(family);
      }
    }
    return families;
  }

  /** Returns the families whose tasks are one model at several moments of its training. */
  public static List<TaskFamily> ofOneModel(ReportModel report) {
    return of(report).stream().filter(TaskFamily::isOneModel).toList();
  }

  private static Map<TaskVariable, Integer> values(ReportModel report, String task) {
    Map<TaskVariable, Integer> values = new EnumMap<>(TaskVariable.class);
    for (TaskVariable trait : TaskVariable.values()) {
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

  public List<String> tasks() {
    return List.copyOf(values.keySet());
  }

  /** Returns the traits of which there is more than one value. */
  public List<TaskVariable> varied() {
    return Arrays.stream(TaskVariable.values())
        .filter(trait -> distinct(trait).size() > 1)
        .toList();
  }

  /** Returns true if the tasks are one model at several moments of its training. */
  public boolean isOneModel() {
    return varied().size() == 1 && varied().get(0).isMoment();
  }

  /**
   * Returns in what the tasks of one model differ.
   *
   * @throws IllegalStateException if they are not of one model
   */
  public TaskVariable moment() {
    if (!isOneModel()) {
      throw new IllegalStateException(name + " is more than one model");
    }
    return varied().get(0);
  }

  /** Returns the tasks of one model in the order of its training. */
  public List<String> overTraining() {
    TaskVariable moment = moment();
    return tasks().stream().sorted(Comparator.comparingInt(task -> value(task, moment))).toList();
  }

  /** Returns the task of one model in which it was trained longest. */
  public String last() {
    List<String> tasks = overTraining();
    return tasks.get(tasks.size() - 1);
  }

  /** Returns how long that was. */
  public int end() {
    return value(last(), moment());
  }

  /** Returns a trait's values, rising. */
  public List<Integer> distinct(TaskVariable trait) {
    return values.values().stream()
        .map(each -> each.get(trait))
        .filter(Objects::nonNull)
        .distinct()
        .sorted()
        .toList();
  }

  public int value(String task, TaskVariable trait) {
    return Objects.requireNonNull(Objects.requireNonNull(values.get(task)).get(trait));
  }
}
