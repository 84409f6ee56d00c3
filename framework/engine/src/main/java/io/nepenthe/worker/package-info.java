/** The processes in which plugin code runs, and the judge's end of them. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.worker;
