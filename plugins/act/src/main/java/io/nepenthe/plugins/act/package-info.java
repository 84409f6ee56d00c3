/** Act: zeroes the neurons most active on memorized text. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.plugins.act;
