package io.nepenthe.summary;

import io.nepenthe.runstore.TrialIdentity;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A result that a run is to hold, and of which its folder holds nothing, not even why it failed.
 *
 * @param task id of the task
 * @param seed the run seed
 * @param method id of the method; {@link SummaryRow#ORIGINAL} for a base measurement
 * @param setting the grid point in words; of an older run, the id of the trial
 */
public record Absent(String task, long seed, String method, String setting) {
  private static final Pattern ID = Pattern.compile("(.+)_s(-?\\d+)_(.+)_\\p{XDigit}+");

  static Absent trial(TrialIdentity trial) {
    return trial(trial.task(), trial.seed(), trial.method(), trial.hyperparameters());
  }

  /** Returns the trial of a grid point. */
  public static Absent trial(String task, long seed, String method, Map<String, Number> point) {
    return new Absent(task, seed, method, new TreeMap<>(point).toString()); // in whatever order
  }

  /** Returns the trial of an id of an older run. */
  static Absent trial(String id) {
    Matcher parts = ID.matcher(id);
    return parts.matches()
        ? new Absent(parts.group(1), Long.parseLong(parts.group(2)), parts.group(3), id)
        : new Absent("", 0, "", id);
  }

  /** Returns the base measurement of a task and seed. */
  public static Absent original(String task, long seed) {
    return new Absent(task, seed, SummaryRow.ORIGINAL, "");
  }

  /** Returns true if it is a base measurement. */
  public boolean isOriginal() {
    return method.equals(SummaryRow.ORIGINAL);
  }

  /** Returns what it is, for a sentence. */
  public String inWords() {
    return task + " seed " + seed + (isOriginal() ? "" : " " + method + " " + setting);
  }
}
