/** Rows of token ids, and the windows they are looked at through. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.data;
