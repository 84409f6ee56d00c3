/** Rows of token ids and the parts of a task's data. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.data;
