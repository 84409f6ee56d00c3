package io.nepenthe.exchange;

import io.nepenthe.data.Sequences;
import io.nepenthe.plugin.Given;

/**
 * The rows that a request needs, and no others: those to train on, and those that the method's
 * descriptor asks for.
 *
 * @param length how many leading columns training computes
 * @param train the rows to train on; none where nothing is trained
 * @param given what the method asks for
 */
public record HandedRows(int length, Sequences train, Given given) {}
