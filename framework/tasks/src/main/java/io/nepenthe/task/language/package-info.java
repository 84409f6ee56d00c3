/**
 * Chunks of natural text, with noise, backdoors or repeated passages planted in them (paper A.1.2).
 */
@org.jspecify.annotations.NullMarked
package io.nepenthe.task.language;
