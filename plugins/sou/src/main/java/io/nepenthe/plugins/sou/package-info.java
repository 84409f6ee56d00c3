/** SOU: zeroes the weights of largest second-order saliency on memorized text. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.plugins.sou;
