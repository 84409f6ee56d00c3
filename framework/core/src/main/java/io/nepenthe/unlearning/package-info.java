/**
 * What methods share that make a model forget by training it on the rows to forget: the loss of
 * what a row is judged by, rows to keep beside it, and what the original model said.
 */
@org.jspecify.annotations.NullMarked
package io.nepenthe.unlearning;
