/** The machine a measurement is made on: its load, memory and class. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.machine;
