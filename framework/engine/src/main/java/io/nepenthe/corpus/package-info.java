/** Texts people have on disk, as GPT-2's token ids. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.corpus;
