/** Subnet: learned masks that forget. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.plugins.subnet;
