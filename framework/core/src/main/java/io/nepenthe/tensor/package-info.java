/**
 * The PyTorch engine through DJL: operators, autograd, arrays that libtorch owns. The only package
 * that touches DJL's PyTorch internals besides {@code io.nepenthe.model}.
 */
@org.jspecify.annotations.NullMarked
package io.nepenthe.tensor;
