package io.nepenthe.report.finding;

/**
 * What a finding says of one task.
 *
 * @param task its id
 * @param verdict what tests and intervals allow to say
 * @param words the numbers behind it, as sentences
 */
record Clause(String task, Verdict verdict, String words) {}
