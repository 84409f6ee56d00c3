/** Weighted gradient ascent. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.plugins.wga;
