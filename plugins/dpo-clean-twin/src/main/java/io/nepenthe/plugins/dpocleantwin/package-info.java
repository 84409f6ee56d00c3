/** Direct preference optimization with clean twins preferred. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.plugins.dpocleantwin;
