/** Models on disk, in Hugging Face's layout; files that appear whole or not at all. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.checkpoint;
