/** The control that does nothing. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.plugins.nomitigation;
