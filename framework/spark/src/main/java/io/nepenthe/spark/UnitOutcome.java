package io.nepenthe.spark;

import java.io.Serializable;

/**
 * What became of a unit on an executor.
 *
 * @param exitCode of its process: 0, or one of which no retry makes anything else
 * @param message one line; empty if it is done
 * @param host name of the machine
 * @param files what it left; empty where its folders are those of the driver
 */
record UnitOutcome(int exitCode, String message, String host, ShippedFiles files)
    implements Serializable {}
