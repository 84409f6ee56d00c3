/**
 * Finds memorized text: windows of a corpus that a model goes on with word for word, or nearly so.
 *
 * <p>{@link io.nepenthe.extraction.MemorizedText} is the way in.
 */
@org.jspecify.annotations.NullMarked
package io.nepenthe.extraction;
