/** Self-distillation on lowered logits. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.plugins.undial;
