/** What unlearning methods share: choosing entries by score, zeroing them. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.editing;
