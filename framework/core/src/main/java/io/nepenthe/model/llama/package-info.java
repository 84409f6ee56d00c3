/** Llama and its kin: the model, its {@code config.json} and the names of its tensors. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.model.llama;
