/**
 * The PyTorch engine through DJL: operators, autograd, arrays that libtorch owns. The only package
 * that uses DJL's PyTorch internals.
 */
@org.jspecify.annotations.NullMarked
package io.nepenthe.tensor;
