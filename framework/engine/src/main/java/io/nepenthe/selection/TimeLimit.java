package io.nepenthe.selection;

import io.nepenthe.runstore.MachineClass;

/**
 * The time on a machine of the method that sets the limit.
 *
 * @param machine where it was timed
 * @param seconds its mean there
 */
public record TimeLimit(MachineClass machine, double seconds) {}
