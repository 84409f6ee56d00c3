package io.nepenthe.corpus;

import java.util.OptionalInt;

/** The ids of a document, or the next ones of a document that comes in parts. Immutable. */
public final class DocumentPart {
  private final String source;
  private final long document;
  private final boolean begins;
  private final int[] ids;
  private final OptionalInt prompt;

  /**
   * Makes a part.
   *
   * @param source the file it is from
   * @param document the number of the document in that file, from 0
   * @param begins true of the first part of a document
   * @param ids of its tokens, may be none
   * @param prompt how many of them are a prompt, where the file says so
   */
  DocumentPart(String source, long document, boolean begins, int[] ids, OptionalInt prompt) {
    this.source = source;
    this.document = document;
    this.begins = begins;
    this.ids = ids;
    this.prompt = prompt;
  }

  /** Returns the file it is from, as seen from what was opened. */
  public String source() {
    return source;
  }

  /** Returns the number of its document in the file, from 0. */
  public long document() {
    return document;
  }

  /** Returns true of the first part of a document. */
  public boolean begins() {
    return begins;
  }

  /** Returns a copy of its ids. */
  public int[] ids() {
    return ids.clone();
  }

  /** Returns how many of them are a prompt, where the file says so. */
  public OptionalInt prompt() {
    return prompt;
  }

  /** Returns the document in words that find it. */
  public String place() {
    return "document " + document + " of " + source;
  }
}
