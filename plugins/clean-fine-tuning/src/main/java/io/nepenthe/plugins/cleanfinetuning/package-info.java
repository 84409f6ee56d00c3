/** Fine-tuning on the clean twins of the artifact rows. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.plugins.cleanfinetuning;
