/** Models on disk, in Hugging Face's layout. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.checkpoint;
