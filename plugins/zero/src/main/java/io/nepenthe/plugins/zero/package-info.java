/** Zero: zeroes the neurons whose ablation raises the loss on memorized text most. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.plugins.zero;
