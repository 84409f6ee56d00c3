/**
 * The texts of language tasks: finds a corpus on disk, downloads one, turns it into a tokenizer's
 * ids once, and keeps them in the cache.
 *
 * <p>{@link io.nepenthe.corpus.Corpora} is the way in. A corpus is a folder of Parquet or plain
 * files, or {@code synthetic}, which a small grammar writes. All forms of one text give the same
 * ids: every row is tokenized on its own, nothing stands between rows, and blank lines give none.
 */
@org.jspecify.annotations.NullMarked
package io.nepenthe.corpus;
