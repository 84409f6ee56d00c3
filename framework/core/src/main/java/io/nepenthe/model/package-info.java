/** Architectures as functions of a flat parameter vector; one architecture is one file. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.model;
