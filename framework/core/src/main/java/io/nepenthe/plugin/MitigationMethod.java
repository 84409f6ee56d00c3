package io.nepenthe.plugin;

import org.pf4j.ExtensionPoint;

/**
 * A mitigation method: an algorithm that makes a model forget what it memorized.
 *
 * <p>A plugin implements one of the sub-interfaces and describes itself in {@link
 * MethodDescriptor#RESOURCE}. Instances are made without arguments, keep no state between calls,
 * and are used by one thread at a time.
 *
 * @param <P> record of the method's hyper-parameters; its components are {@code double}, {@code
 *     int} or {@code long} and named as in the descriptor
 */
public sealed interface MitigationMethod<P extends Record> extends ExtensionPoint
    permits Regularizer, FineTuning, Unlearning {
  /** Returns the record type of the hyper-parameters. */
  Class<P> hyperparameters();
}
