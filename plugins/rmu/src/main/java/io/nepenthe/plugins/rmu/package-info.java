/** RMU: representation misdirection for unlearning. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.plugins.rmu;
