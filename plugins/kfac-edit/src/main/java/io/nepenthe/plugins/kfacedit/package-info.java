/** K-FAC edit: MLP matrices without the directions in which the loss is flat. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.plugins.kfacedit;
