/** Rows that are given as files of token ids. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.task.rows;
