/** Workers at the judge's end: processes that are started, asked and ended. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.worker;
