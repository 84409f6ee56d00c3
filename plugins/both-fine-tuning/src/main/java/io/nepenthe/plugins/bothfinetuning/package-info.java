/** Fine-tuning on the training rows that are no artifacts and the clean twins of those that are. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.plugins.bothfinetuning;
