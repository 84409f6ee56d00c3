/** Cross-entropy unlearning. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.plugins.ceu;
