/** The {@code nepenthe} command: the only package that prints, parses arguments or exits. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.cli;
