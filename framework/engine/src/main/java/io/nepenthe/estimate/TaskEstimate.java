package io.nepenthe.estimate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.tensor.FloatType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one task of a suite will take, all its seeds together. Seconds are those of one worker.
 *
 * @param task id of the task
 * @param computeType in which its model is measured and mitigated; null for float32, and of several
 * @param trainings models to be trained, originals and those a method takes part in; what another
 *     task trains already is not counted again
 * @param trainingsInCache how many of them are in the cache
 * @param trials trials
 * @param localizations runs of a method that grid points share
 * @param workerStarts worker processes, each of which trains one model, or runs a method once
 * @param trainingSeconds time of the trainings that are not in the cache
 * @param methodSeconds time of the methods that run after training
 * @param measuringSeconds time of measuring every model
 * @param challengeSeconds time of the challenges that the suite names
 * @param timingSeconds time of JMH, one process at a time
 * @param checkpointBytes disk that the checkpoints not in the cache take
 * @param weights what those of a given model are stored in, and who says so, in words; empty of one
 *     that is trained here
 * @param memory what a process with each method takes
 * @param unknownMethods methods that do not say what they cost; they are not in the times
 * @param missing files and folders that are not there, without which there is no estimate of times
 */
public record TaskEstimate(
    String task,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable FloatType computeType,
    int trainings,
    int trainingsInCache,
    int trials,
    int localizations,
    int workerStarts,
    double trainingSeconds,
    double methodSeconds,
    double measuringSeconds,
    double challengeSeconds,
    double timingSeconds,
    long checkpointBytes,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String weights,
    List<MethodMemory> memory,
    List<String> unknownMethods,
    List<String> missing) {
  /** Copies the lists. */
  public TaskEstimate {
    memory = List.copyOf(memory);
    missing = List.copyOf(missing);
    unknownMethods = List.copyOf(unknownMethods);
  }

  /** Returns the trials of a task whose rows or model are not there, and the memory they take. */
  static TaskEstimate without(
      List<String> missing,
      TaskSpec task,
      int trials,
      int localizations,
      String weights,
      List<MethodMemory> memory) {
    return new TaskEstimate(
        task.id(),
        task.computeType(),
        0,
        0,
        trials,
        localizations,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        weights,
        memory,
        List.of(),
        missing);
  }

  /** Of each method the larger of both. */
  private static List<MethodMemory> larger(List<MethodMemory> some, List<MethodMemory> others) {
    Map<String, MethodMemory> largest = new LinkedHashMap<>();
    Stream.concat(some.stream(), others.stream())
        .forEach(each -> largest.merge(each.method(), each, MethodMemory::larger));
    return List.copyOf(largest.values());
  }

  /** Returns both together, under another name. */
  TaskEstimate plus(TaskEstimate other, String name) {
    return new TaskEstimate(
        name,
        null,
        trainings + other.trainings,
        trainingsInCache + other.trainingsInCache,
        trials + other.trials,
        localizations + other.localizations,
        workerStarts + other.workerStarts,
        trainingSeconds + other.trainingSeconds,
        methodSeconds + other.methodSeconds,
        measuringSeconds + other.measuringSeconds,
        challengeSeconds + other.challengeSeconds,
        timingSeconds + other.timingSeconds,
        checkpointBytes + other.checkpointBytes,
        "",
        larger(memory, other.memory),
        unknownMethods.isEmpty() ? other.unknownMethods : unknownMethods,
        Stream.concat(missing.stream(), other.missing.stream()).distinct().toList());
  }
}
