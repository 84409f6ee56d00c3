/** Fine-tuning on the training rows that are no artifacts. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.plugins.extrafinetuning;
