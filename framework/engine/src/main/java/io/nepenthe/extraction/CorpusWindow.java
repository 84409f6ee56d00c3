package io.nepenthe.extraction;

import java.util.Arrays;

/** A window of a document. */
final class CorpusWindow {
  final String source;
  final long document;
  final long offset;
  final int[] ids;

  /**
   * Makes a window.
   *
   * @param source the file of its document
   * @param document number of that document in the file
   * @param offset tokens before it in the document
   * @param ids its tokens, prompt and all
   */
  CorpusWindow(String source, long document, long offset, int[] ids) {
    this.source = source;
    this.document = document;
    this.offset = offset;
    this.ids = ids;
  }

  /** Returns its tokens from the prompt on. */
  int[] compared(int prompt) {
    return Arrays.copyOfRange(ids, prompt, ids.length);
  }
}
