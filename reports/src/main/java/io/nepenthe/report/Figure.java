package io.nepenthe.report;

/**
 * A drawn chart.
 *
 * @param id name of its file without the ending; also the prefix of every id within
 * @param caption what a reader sees in it, plain text
 * @param svg a whole {@code <svg>} element
 */
record Figure(String id, String caption, String svg) {}
