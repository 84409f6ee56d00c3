/** Task vectors: weights subtracted along the way that training on the rows to forget takes. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.plugins.taskvector;
