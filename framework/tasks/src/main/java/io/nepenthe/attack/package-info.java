/**
 * What a model still tells of the artifacts it was trained on, and how far it is from one that was
 * not: scores of rows, each computed from one pass.
 */
@org.jspecify.annotations.NullMarked
package io.nepenthe.attack;
