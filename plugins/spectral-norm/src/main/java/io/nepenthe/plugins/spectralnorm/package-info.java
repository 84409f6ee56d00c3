/** Spectral norm: the largest singular value of every weight matrix is penalised. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.plugins.spectralnorm;
