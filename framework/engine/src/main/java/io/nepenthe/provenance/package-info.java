/** The machine, versions and commit with which a number was measured. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.provenance;
