/** TinyMem's number sequences, with noise or backdoors planted in them (paper A.1.1). */
@org.jspecify.annotations.NullMarked
package io.nepenthe.task.math;
