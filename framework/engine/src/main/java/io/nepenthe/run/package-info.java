/** Executes a suite from start to end; a run that was stopped resumes. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.run;
