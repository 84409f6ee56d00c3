/** The machine a measurement is made on: its load and memory. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.machine;
