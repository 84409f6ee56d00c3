package io.nepenthe.runstore;

import io.nepenthe.protocol.Fidelity;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.suite.Suite;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that could change a trial's result; its hash names the result file.
 *
 * @param protocol version of the measuring rules, Major.Minor
 * @param task id of the task
 * @param taskHash hash of the task's definition
 * @param dataHash hash of every row of the task's data
 * @param checkpointHash hash of the original model's weights
 * @param method id of the method
 * @param methodVersion version of the plugin
 * @param jarSha256 hash of the plugin's jar
 * @param hyperparameters one grid point
 * @param seed the run seed
 * @param fidelity clean or reference
 * @param quirks ids of the reference's defects that were reproduced, sorted
 * @param device where the method ran, "cpu" or "gpu"
 * @param threads threads one operator may use
 */
public record TrialIdentity(
    String protocol,
    String task,
    String taskHash,
    String dataHash,
    String checkpointHash,
    String method,
    String methodVersion,
    String jarSha256,
    Map<String, Number> hyperparameters,
    long seed,
    Fidelity fidelity,
    List<String> quirks,
    String device,
    int threads) {
  private static final String ANY = "";

  /** Copies the collections. */
  public TrialIdentity {
    hyperparameters = Collections.unmodifiableMap(new LinkedHashMap<>(hyperparameters));
    quirks = List.copyOf(quirks);
  }

  /**
   * Returns the identity of a trial of a suite, as far as the suite says it: on whatever rows and
   * model.
   *
   * @param task id of the task
   * @param taskHash hash of its definition
   */
  public static TrialIdentity of(
      Suite suite,
      String task,
      String taskHash,
      long seed,
      String method,
      String methodVersion,
      String jarSha256,
      Map<String, Number> hyperparameters) {
    return new TrialIdentity(
        suite.protocol(),
        task,
        taskHash,
        ANY,
        ANY,
        method,
        methodVersion,
        jarSha256,
        hyperparameters,
        seed,
        suite.fidelity(),
        suite.quirks().stream().map(Quirk::id).sorted().toList(),
        suite.device(),
        suite.threads());
  }

  /** Returns the identity of the same trial on certain rows and a certain model. */
  public TrialIdentity on(String rows, String model) {
    return new TrialIdentity(
        protocol,
        task,
        taskHash,
        rows,
        model,
        method,
        methodVersion,
        jarSha256,
        hyperparameters,
        seed,
        fidelity,
        quirks,
        device,
        threads);
  }

  /** Returns the identity of the same trial on whatever rows and model. */
  public TrialIdentity anywhere() {
    return on(ANY, ANY);
  }

  /** Returns the part of a suite that holds this trial, and no other. */
  public Suite alone(Suite suite) {
    Map<String, List<Object>> grid = new LinkedHashMap<>();
    hyperparameters.forEach((name, value) -> grid.put(name, List.of(value)));
    return suite.trial(task, seed, method, grid);
  }
}
