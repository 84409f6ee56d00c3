package io.nepenthe.testkit;

import io.nepenthe.model.Weights;
import io.nepenthe.plugin.HyperparameterSpec.Step;
import io.nepenthe.plugin.LocalizedUnlearning;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.plugin.Need;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;

/** Checks that run a method on the tiny model. */
final class RunChecks {
  static final String OPEN_ARRAYS = "arrays of the weights' manager that are open afterwards";

  private RunChecks() {}

  static void weightsAreFiniteAndAsManyAsBefore(ContractSubject<?> subject) {
    float[] weights = subject.observed().weights();
    Promise.equal(TinyFixture.trained().model().layout().size(), (long) weights.length, "weights");
    for (int i = 0; i < weights.length; i++) {
      if (!Float.isFinite(weights[i])) {
        throw new AssertionError("weight " + i + " is " + weights[i] + " after the method");
      }
    }
  }

  static <P extends Record> void sameSeedSameWeights(ContractSubject<P> subject) {
    MitigationMethod<P> method = subject.method();
    float[] first = MethodRunner.run(method, subject.point(), subject.context());
    float[] again = MethodRunner.run(method, subject.point(), subject.context());
    Promise.sameWeights(first, again, "a second run with the same seed");
  }

  static void rowsStayAsTheyAre(ContractSubject<?> subject) {
    Promise.equal(Set.of(), subject.observed().changedRows(), "rows that have changed");
  }

  static void changesOnlyWhatEditsNames(ContractSubject<?> subject) {
    Map<String, Long> changed = TinyFixture.trained().changed(subject.observed().weights());
    subject
        .descriptor()
        .forbidden(changed, TinyFixture.trained().model())
        .ifPresent(
            why -> {
              throw new AssertionError(why);
            });
  }

  static <P extends Record> void leavesNoOpenArrays(ContractSubject<P> subject) {
    if (subject.isRegularizer()) {
      TrainingChecks.leavesNoOpenArrays(subject);
      return;
    }
    MitigationContext context = subject.context();
    try (Weights weights = context.weights()) {
      int before = weights.manager().getManagedArrays().size();
      MethodRunner.change(subject.method(), subject.point(), context);
      Promise.equal(before, weights.manager().getManagedArrays().size(), OPEN_ARRAYS);
    }
  }

  /** What this program starts, it starts once: a second run tells it from what a method starts. */
  static void leavesNoThreads(ContractSubject<?> subject) {
    if (subject.observed().thread().isPresent()) {
      ObservedRun.of(subject)
          .thread()
          .ifPresent(
              name -> {
                throw new AssertionError("thread '" + name + "' still runs");
              });
    }
  }

  static <P extends Record> void stopsWhenInterrupted(ContractSubject<P> subject) {
    MitigationContext context = subject.context();
    Thread.currentThread().interrupt();
    boolean cleared;
    try {
      Promise.thrown(
          CancellationException.class,
          () -> MethodRunner.run(subject.method(), subject.point(), context),
          "an interrupted method did not stop");
    } finally {
      cleared = !Thread.interrupted();
    }
    Promise.holds(!cleared, "the method has cleared the interrupt");
  }

  static <P extends Record> void namesTheDataItDidNotGet(ContractSubject<P> subject) {
    for (Need need : subject.descriptor().needs()) {
      Set<Need> others = new HashSet<>(subject.descriptor().allNeeds());
      others.remove(need);
      String message =
          Promise.thrown(
                  IllegalStateException.class,
                  () ->
                      MethodRunner.run(subject.method(), subject.point(), subject.context(others)),
                  need.id() + " is in needs, and the method runs without it")
              .getMessage();
      Promise.holds(
          message != null && message.contains(need.id()),
          "without %s the method says '%s', and not what the context says"
              .formatted(need.id(), message));
    }
  }

  static <P extends Record> void runsWithoutWhatIsOptional(ContractSubject<P> subject) {
    Set<Need> needs = subject.descriptor().needs();
    try {
      MethodRunner.run(subject.method(), subject.point(), subject.context(needs));
    } catch (RuntimeException e) {
      throw new AssertionError("without optional needs the method fails: " + e, e);
    }
  }

  static <P extends Record> void localizationLeavesWeightsUnchanged(ContractSubject<P> subject) {
    MitigationContext context = subject.context();
    try (Weights weights = context.weights()) {
      localize(localized(subject), List.of(subject.bound(subject.point())), context);
      Promise.sameWeights(
          TinyFixture.trained().original(), weights.toFloats(), "weights after localize");
    }
  }

  static <P extends Record> void sharedLocalizationsGiveTheWeightsOfRunsAlone(
      ContractSubject<P> subject) {
    List<Map<String, Number>> points = sharingPoints(subject);
    List<float[]> shared = sharedRun(localized(subject), points, subject);
    for (int i = 0; i < points.size(); i++) {
      Promise.sameWeights(
          subject.run(points.get(i)),
          shared.get(i),
          "with a shared localization at " + points.get(i));
    }
  }

  private static <P extends Record, L> List<float[]> sharedRun(
      LocalizedUnlearning<P, L> method,
      List<Map<String, Number>> points,
      ContractSubject<P> subject) {
    List<P> records = points.stream().map(subject::bound).toList();
    MitigationContext localizing = subject.context();
    Map<P, L> found = localize(method, records, localizing);
    List<float[]> edited = new ArrayList<>();
    for (P point : records) {
      MitigationContext context = subject.context();
      method.edit(found.get(point), point, context);
      edited.add(context.weights().toFloats());
      context.weights().close();
    }
    localizing.weights().close();
    return edited;
  }

  private static <P extends Record, L> Map<P, L> localize(
      LocalizedUnlearning<P, L> method, List<P> points, MitigationContext context) {
    Map<P, L> found = new HashMap<>();
    method.localize(points, context, found::put);
    Promise.equal(Set.copyOf(points), found.keySet(), "points that localize found something for");
    return found;
  }

  /** Returns the grid in what does not change the localization, the rest as in point(). */
  private static List<Map<String, Number>> sharingPoints(ContractSubject<?> subject) {
    Map<String, List<Object>> grid = new LinkedHashMap<>();
    subject.point().forEach((name, value) -> grid.put(name, List.of(value)));
    subject
        .descriptor()
        .contractGrid()
        .forEach(
            (name, values) -> {
              if (subject.descriptor().hyperparameters().get(name).affects() != Step.LOCALIZATION) {
                grid.put(name, values);
              }
            });
    return subject.descriptor().expand(grid);
  }

  private static <P extends Record> LocalizedUnlearning<P, ?> localized(
      ContractSubject<P> subject) {
    return (LocalizedUnlearning<P, ?>) subject.method();
  }
}
