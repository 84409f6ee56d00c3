/** The control that edits nothing and blocks n-grams when the model decodes. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.plugins.blockdecoding;
