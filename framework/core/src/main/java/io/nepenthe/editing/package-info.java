/**
 * What unlearning methods share: gradients, learned masks, choosing entries by score, zeroing them.
 *
 * <p>What has a number for each entry of a model stays on the device, tensor by tensor, and is
 * counted in 64 bits: a model may have more entries than a Java array. What has one for each neuron
 * is a Java array per layer.
 */
@org.jspecify.annotations.NullMarked
package io.nepenthe.editing;
