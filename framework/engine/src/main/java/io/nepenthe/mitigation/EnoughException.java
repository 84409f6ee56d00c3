package io.nepenthe.mitigation;

/** Ends the reading of documents of which enough is read. */
final class EnoughException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EnoughException() {
    super(null, null, false, false);
  }
}
