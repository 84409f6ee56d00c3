package io.nepenthe.testkit;

import io.nepenthe.plugin.Hyperparameters;
import io.nepenthe.plugin.LocalizedUnlearning;
import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.plugin.Need;
import io.nepenthe.plugin.Progress;
import io.nepenthe.plugin.Regularizer;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.protocol.Quirk;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A method whose contract is checked.
 *
 * @param <P> record of its hyper-parameters
 */
public final class ContractSubject<P extends Record> {
  static final long SEED = 1;

  private final Supplier<MitigationMethod<P>> instances;
  private final MethodDescriptor descriptor;
  private final Map<String, Number> point;
  private final Fidelity fidelity;
  private @Nullable ObservedRun observed;

  /**
   * Prepares a check.
   *
   * @param instances makes a new instance
   * @param descriptor what the method says of itself
   * @param point values of all hyper-parameters that suit the tiny model
   * @param fidelity whose quirks are on
   */
  public ContractSubject(
      Supplier<MitigationMethod<P>> instances,
      MethodDescriptor descriptor,
      Map<String, Number> point,
      Fidelity fidelity) {
    this.instances = instances;
    this.descriptor = descriptor;
    this.point = Collections.unmodifiableMap(new LinkedHashMap<>(point));
    this.fidelity = fidelity;
  }

  MethodDescriptor descriptor() {
    return descriptor;
  }

  Fidelity fidelity() {
    return fidelity;
  }

  Map<String, Number> point() {
    return point;
  }

  /** Returns one run, the same for all that look at one. */
  ObservedRun observed() {
    if (observed == null) {
      observed = ObservedRun.of(this);
    }
    return observed;
  }

  /** Returns a new instance of the method. */
  public MitigationMethod<P> method() {
    return instances.get();
  }

  boolean isRegularizer() {
    return method() instanceof Regularizer;
  }

  boolean isLocalized() {
    return method() instanceof LocalizedUnlearning;
  }

  /** Returns a context with what the descriptor asks for; whoever uses it closes its weights. */
  public MitigationContext context() {
    return context(descriptor.allNeeds());
  }

  MitigationContext context(Set<Need> given) {
    TinyFixture tiny = TinyFixture.trained();
    return tiny.context(tiny.given(given), Quirk.of(fidelity), SEED, Progress.SILENT);
  }

  /** Returns the weights that the method leaves behind. */
  public float[] run() {
    return run(point);
  }

  float[] run(Map<String, Number> at) {
    return MethodRunner.run(method(), at, context());
  }

  P bound(Map<String, Number> at) {
    return Hyperparameters.bind(method().hyperparameters(), at);
  }
}
