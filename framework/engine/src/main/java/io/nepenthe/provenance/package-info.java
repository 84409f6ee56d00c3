/** Where and with what a number was measured. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.provenance;
