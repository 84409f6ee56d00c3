package io.nepenthe.testkit;

import io.nepenthe.plugin.HyperparameterSpec;
import io.nepenthe.plugin.MethodDescriptor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Checks of what a method says of itself; none runs it. */
final class DescriptorChecks {
  private DescriptorChecks() {}

  static void recordFitsDescriptor(ContractSubject<?> subject) {
    Map<String, HyperparameterSpec> specs = subject.descriptor().hyperparameters();
    RecordComponent[] components = subject.method().hyperparameters().getRecordComponents();
    Promise.equal(
        List.copyOf(specs.keySet()),
        Arrays.stream(components).map(RecordComponent::getName).toList(),
        "components of the record, against " + MethodDescriptor.RESOURCE);
    for (RecordComponent component : components) {
      HyperparameterSpec spec = specs.get(component.getName());
      List<Class<?>> allowed =
          spec.type() == HyperparameterSpec.Type.INTEGER
              ? List.of(int.class, long.class)
              : List.of(double.class);
      Promise.holds(
          allowed.contains(component.getType()),
          "component '%s' of the record is %s, and %s says type %s"
              .formatted(
                  component.getName(),
                  component.getType(),
                  MethodDescriptor.RESOURCE,
                  spec.type()));
      Promise.holds(
          spec.description() != null && !spec.description().isBlank(),
          "hyper-parameter '%s' has no description in %s"
              .formatted(component.getName(), MethodDescriptor.RESOURCE));
    }
  }

  static void familyFitsInterface(ContractSubject<?> subject) {
    try {
      subject.descriptor().requireFits(subject.method().getClass());
    } catch (IllegalArgumentException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  static void everyGridPointMakesARecord(ContractSubject<?> subject) {
    Set<String> kinds = new TreeSet<>(subject.descriptor().grids().keySet());
    kinds.add("a-kind-nobody-knows"); // searched at the defaults
    for (String kind : kinds) {
      subject.descriptor().gridPoints(kind).forEach(point -> requireRecord(subject, point));
    }
  }

  static void rangesHoldOnlyWhatTheRecordTakes(ContractSubject<?> subject) {
    subject
        .descriptor()
        .hyperparameters()
        .forEach(
            (name, spec) -> {
              for (Number bound : List.of(spec.smallest(), spec.largest())) {
                Map<String, Number> point = new LinkedHashMap<>(subject.point());
                point.put(name, spec.check(name, bound));
                requireRecord(subject, point);
              }
            });
  }

  private static void requireRecord(ContractSubject<?> subject, Map<String, Number> point) {
    try {
      subject.bound(point);
    } catch (RuntimeException e) {
      throw new AssertionError("the record does not take " + point + ": " + e.getMessage(), e);
    }
  }
}
