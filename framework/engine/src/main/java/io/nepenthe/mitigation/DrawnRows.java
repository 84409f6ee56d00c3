package io.nepenthe.mitigation;

import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;

/**
 * Rows of one length, before the model has seen them.
 *
 * @param window tokens given and compared
 * @param forget different rows, which the model may reproduce or not
 * @param retained rows to keep
 * @param judged rows to measure perplexity on
 * @param tooShort how many passages to forget had too few tokens
 * @param repeated how many rows to forget were there before
 * @param sources in words, where the rows to keep and to measure on come from
 */
record DrawnRows(
    Window window,
    Sequences forget,
    Sequences retained,
    Sequences judged,
    int tooShort,
    int repeated,
    String sources) {}
