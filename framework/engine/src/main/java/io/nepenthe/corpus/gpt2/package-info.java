/** GPT-2's tokenizer. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.corpus.gpt2;
