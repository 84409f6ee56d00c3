package io.nepenthe.cli;

import io.nepenthe.estimate.MethodMemory;
import io.nepenthe.estimate.RunEstimate;
import io.nepenthe.estimate.TaskEstimate;
import io.nepenthe.tensor.FloatType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An estimate as plain text, for a terminal. */
final class EstimateText {
  private static final String HEAD = "%-{w}s %11s %8s %8s %13s %11s %11s %11s %11s%n";
  private static final double MEGABYTE = 1e6;
  private static final double GIGABYTE = 1e9;

  private EstimateText() {}

  static String of(RunEstimate estimate) {
    StringBuilder text = new StringBuilder();
    Stream<TaskEstimate> rows =
        estimate.tasks().size() == 1
            ? estimate.tasks().stream()
            : Stream.concat(estimate.tasks().stream(), Stream.of(estimate.total()));
    int width =
        Math.max(
            9, estimate.tasks().stream().mapToInt(task -> task.task().length()).max().orElse(0));
    String line = HEAD.replace("{w}", Integer.toString(width));
    text.append(
        String.format(
            line,
            estimate.suite(),
            "trainings",
            "cached",
            "trials",
            "localizations",
            "training",
            "methods",
            "measuring",
            "challenges"));
    rows.forEach(
        task ->
            text.append(
                String.format(
                    line,
                    task.task(),
                    task.trainings(),
                    task.trainingsInCache(),
                    task.trials(),
                    task.localizations(),
                    duration(task, task.trainingSeconds()),
                    duration(task, task.methodSeconds()),
                    duration(task, task.measuringSeconds()),
                    duration(task, task.challengeSeconds()))));
    text.append(
        String.format(
            Locale.ROOT,
            "about %s on this machine with %d workers, of it %s of timing by JMH; up to %s of disk%n"
                + "(estimated from a few steps of each model now, and from what methods say they"
                + " cost; every artifact memorized; %.1f s for each of %d starts of a worker)%n",
            duration(estimate.wallSeconds()),
            estimate.workers(),
            duration(estimate.total().timingSeconds()),
            bytes(estimate.diskBytes()),
            RunEstimate.SECONDS_OF_A_START,
            estimate.total().workerStarts()));
    addComputeTypes(estimate, text);
    if (!estimate.total().unknownMethods().isEmpty()) {
      text.append(
          String.format(
              "not in the times, as they do not say what they cost: %s%n",
              String.join(", ", estimate.total().unknownMethods())));
    }
    if (!estimate.total().missing().isEmpty()) {
      text.append(
          String.format(
              "neither times nor disk of what needs files and folders that are not there: %s%n"
                  + "(looked for in the working directory and in the folders of NEPENTHE_DATA)%n",
              String.join(", ", estimate.total().missing())));
    }
    addMemory(estimate, text);
    return text.toString();
  }

  /** What of the tasks is not measured and mitigated in float32. */
  private static void addComputeTypes(RunEstimate estimate, StringBuilder text) {
    for (FloatType type : FloatType.values()) {
      String tasks =
          estimate.tasks().stream()
              .filter(task -> task.computeType() == type)
              .map(TaskEstimate::task)
              .collect(Collectors.joining(", "));
      if (!tasks.isEmpty()) {
        text.append(String.format("measured and mitigated in %s: %s%n", type.inConfig(), tasks));
      }
    }
  }

  private static void addMemory(RunEstimate estimate, StringBuilder text) {
    List<MethodMemory> methods = estimate.total().memory();
    if (methods.isEmpty()) {
      return;
    }
    int width = Math.max(6, methods.stream().mapToInt(m -> m.method().length()).max().orElse(0));
    text.append(
        String.format(
            "%n%-" + width + "s %11s %11s   peak memory of a worker, from the shapes of models%n",
            "method",
            "host",
            "device"));
    for (MethodMemory each : methods) {
      text.append(
          String.format(
              "%-" + width + "s %11s %11s%n",
              each.method(),
              stated(each.hostBytes()),
              stated(each.deviceBytes())));
    }
    addWeights(estimate, text);
  }

  /** Says what the weights of given models are counted as, and why. */
  private static void addWeights(RunEstimate estimate, StringBuilder text) {
    Map<String, List<String>> tasks = new LinkedHashMap<>();
    for (TaskEstimate task : estimate.tasks()) {
      tasks.computeIfAbsent(task.weights(), weights -> new ArrayList<>()).add(task.task());
    }
    tasks.forEach(
        (weights, ids) -> {
          if (!weights.isEmpty()) {
            text.append(
                String.format("weights counted as %s: %s%n", weights, String.join(", ", ids)));
          }
        });
  }

  private static String stated(@Nullable Long bytes) {
    return bytes == null ? "not stated" : bytes == 0 ? "-" : bytes(bytes);
  }

  /** Where something is not there, the time of all else says nothing of the whole. */
  private static String duration(TaskEstimate task, double seconds) {
    return task.missing().isEmpty() ? duration(seconds) : "?";
  }

  private static String duration(double seconds) {
    Duration whole = Duration.ofSeconds(Math.round(seconds));
    return whole.toDays() > 0
        ? whole.toDays() + " d " + whole.toHoursPart() + " h"
        : whole.toHours() > 0
            ? whole.toHours() + " h " + whole.toMinutesPart() + " min"
            : whole.toMinutes() > 0
                ? whole.toMinutes() + " min " + whole.toSecondsPart() + " s"
                : whole.toSeconds() + " s";
  }

  private static String bytes(long bytes) {
    return bytes >= GIGABYTE
        ? String.format(Locale.ROOT, "%.1f GB", bytes / GIGABYTE)
        : String.format(Locale.ROOT, "%.0f MB", Math.ceil(bytes / MEGABYTE));
  }
}
