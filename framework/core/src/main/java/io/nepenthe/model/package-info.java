/**
 * Models and their parts: what an architecture must say of itself, its layers, and weights of any
 * size.
 */
@org.jspecify.annotations.NullMarked
package io.nepenthe.model;
