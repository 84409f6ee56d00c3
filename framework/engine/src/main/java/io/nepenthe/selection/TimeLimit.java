package io.nepenthe.selection;

import io.nepenthe.runstore.MachineClass;

/**
 * The longest time that an unlearning trial may take on a machine.
 *
 * @param machine where the method that sets it was timed
 * @param seconds its mean time there
 */
public record TimeLimit(MachineClass machine, double seconds) {}
