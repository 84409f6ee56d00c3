/** Negative preference optimization. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.plugins.npo;
