package io.nepenthe.report.html;

/**
 * A line of a page's table of contents.
 *
 * @param address of the section
 * @param title of the section
 */
public record PageLink(String address, String title) {}
