/** Hard concrete: zeroes the neurons whose learned random gates stay open. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.plugins.hardconcrete;
