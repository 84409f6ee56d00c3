/** Negative preference optimization without a reference model. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.plugins.simnpo;
