/**
 * What a report of a run with challenges opens with: three findings in plain words.
 *
 * <p>A finding asks one question of every task. It says yes or no only where a test or an interval
 * does, and else that the question is not decided; what was merely seen is told as a count.
 */
@org.jspecify.annotations.NullMarked
package io.nepenthe.report.finding;
