/** Best trials and the lines of tables, as pure functions of stored results. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.selection;
