/** Integrated gradients: zeroes the neurons that memorized tokens owe their probability to. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.plugins.integratedgradients;
