/** BalancedSubnet: learned masks that forget and keep at once. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.plugins.balancedsubnet;
