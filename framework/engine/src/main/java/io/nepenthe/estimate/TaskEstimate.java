package io.nepenthe.estimate;

import java.util.List;

/**
 * What one task of a suite will take, all its seeds together. Seconds are those of one worker.
 *
 * @param task id of the task
 * @param trainings models to be trained, originals and those a method takes part in; what another
 *     task trains already is not counted again
 * @param trainingsInCache how many of them are in the cache
 * @param trials trials
 * @param localizations runs of a method that grid points share
 * @param trainingSeconds time of the trainings that are not in the cache
 * @param methodSeconds time of the methods that run after training
 * @param measuringSeconds time of measuring every model
 * @param timingSeconds time of JMH, one process at a time
 * @param checkpointBytes disk that the checkpoints not in the cache take
 * @param unknownMethods methods that do not say what they cost; they are not in the times
 */
public record TaskEstimate(
    String task,
    int trainings,
    int trainingsInCache,
    int trials,
    int localizations,
    double trainingSeconds,
    double methodSeconds,
    double measuringSeconds,
    double timingSeconds,
    long checkpointBytes,
    List<String> unknownMethods) {
  /** Copies the list. */
  public TaskEstimate {
    unknownMethods = List.copyOf(unknownMethods);
  }

  /** Returns both together, under another name. */
  TaskEstimate plus(TaskEstimate other, String name) {
    return new TaskEstimate(
        name,
        trainings + other.trainings,
        trainingsInCache + other.trainingsInCache,
        trials + other.trials,
        localizations + other.localizations,
        trainingSeconds + other.trainingSeconds,
        methodSeconds + other.methodSeconds,
        measuringSeconds + other.measuringSeconds,
        timingSeconds + other.timingSeconds,
        checkpointBytes + other.checkpointBytes,
        unknownMethods.isEmpty() ? other.unknownMethods : unknownMethods);
  }
}
