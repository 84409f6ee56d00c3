/** Numbers and names in sentences. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.wording;
