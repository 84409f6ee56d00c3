/** The training loop and the language-model loss. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.training;
