/** Mitigation of a model of one's own: rows from files, a suite made of them, and its budget. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.mitigation;
