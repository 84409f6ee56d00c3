/** The tokenizer that a model folder holds. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.corpus.huggingface;
