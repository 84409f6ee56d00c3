package io.nepenthe.suite;

import io.nepenthe.protocol.Fidelity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A suite in the making that differs from another in some of its parts. */
final class SuiteCopy {
  private final Suite suite;
  private @Nullable Fidelity fidelity;
  private List<Long> seeds;
  private @Nullable String device;
  private SelectionSpec.@Nullable Choice selection;
  private @Nullable Integer timingForks;
  private @Nullable List<ChallengeSpec> challenges;
  private List<TaskSpec> tasks;
  private List<MethodChoice> methods;

  SuiteCopy(Suite suite) {
    this.suite = suite;
    this.fidelity = suite.fidelity();
    this.seeds = suite.seeds();
    this.device = suite.device();
    this.selection = suite.selection();
    this.timingForks = suite.timingForks();
    this.challenges = suite.challenges();
    this.tasks = suite.tasks();
    this.methods = suite.methods();
  }

  SuiteCopy fidelity(Fidelity other) {
    fidelity = other;
    return this;
  }

  SuiteCopy seeds(List<Long> others) {
    seeds = others;
    return this;
  }

  SuiteCopy device(String other) {
    device = other;
    return this;
  }

  SuiteCopy choosing(SelectionSpec.@Nullable Choice other) {
    selection = other;
    return this;
  }

  SuiteCopy timingForks(int other) {
    timingForks = other;
    return this;
  }

  SuiteCopy challenges(List<ChallengeSpec> others) {
    challenges = others;
    return this;
  }

  SuiteCopy tasks(List<TaskSpec> others) {
    tasks = others;
    return this;
  }

  SuiteCopy methods(List<MethodChoice> others) {
    methods = others;
    return this;
  }

  Suite suite() {
    return new Suite(
        suite.name(),
        suite.description(),
        suite.protocol(),
        fidelity,
        seeds,
        suite.threads(),
        device,
        selection,
        timingForks,
        challenges,
        tasks,
        methods);
  }
}
