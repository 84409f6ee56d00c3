/** The interfaces a mitigation method implements, and the context it works in. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.plugin;
