package io.nepenthe.extraction;

import io.nepenthe.corpus.DocumentPart;
import io.nepenthe.corpus.Documents;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts documents into windows, and hands them on batch by batch. */
final class WindowCutter implements Documents.Sink {
  /** Takes a batch. */
  @FunctionalInterface
  interface Batches {
    /** Takes the next windows, fewer than a batch at the end only. */
    void accept(List<CorpusWindow> windows, long bytesRead) throws IOException;
  }

  private final Search search;
  private final int vocabulary;
  private final Batches batches;

  private int[] held = new int[0]; // tokens of the document from the next window on
  private long offset; // of the first of them
  private long skipped; // tokens still to come before the next window
  private boolean hasWindow = true;
  private List<CorpusWindow> windows = new ArrayList<>();
  private long bytesRead;
  private long tooShort;
  private long documents;

  WindowCutter(Search search, int vocabulary, Batches batches) {
    this.search = search;
    this.vocabulary = vocabulary;
    this.batches = batches;
  }

  @Override
  public void accept(DocumentPart part, long bytes) throws IOException {
    if (part.begins()) {
      endDocument();
      documents++;
      held = new int[0];
      offset = 0;
      skipped = 0;
      hasWindow = false;
    }
    bytesRead = bytes;
    int[] ids = part.ids();
    requireKnown(ids, part);
    int from = (int) Math.min(skipped, ids.length);
    skipped -= from;
    int[] more = Arrays.copyOf(held, held.length + ids.length - from);
    System.arraycopy(ids, from, more, held.length, ids.length - from);
    cut(more, part);
  }

  private void cut(int[] tokens, DocumentPart part) throws IOException {
    int at = 0;
    while (at + search.length() <= tokens.length) {
      int[] ids = Arrays.copyOfRange(tokens, at, at + search.length());
      windows.add(new CorpusWindow(part.source(), part.document(), offset, ids));
      hasWindow = true;
      offset += search.stride();
      at = (int) Math.min((long) at + search.stride(), Integer.MAX_VALUE);
      if (windows.size() == search.batch()) {
        handOn();
      }
    }
    skipped += Math.max(0, at - tokens.length);
    held = Arrays.copyOfRange(tokens, Math.min(at, tokens.length), tokens.length);
  }

  private void requireKnown(int[] ids, DocumentPart part) {
    for (int id : ids) {
      if (id >= vocabulary) {
        throw new NepentheException(
            ErrorCode.BAD_DATA,
            part.place()
                + " has the id "
                + id
                + "; the model reads ids below "
                + vocabulary
                + ". Is it of another tokenizer?");
      }
    }
  }

  private void handOn() throws IOException {
    List<CorpusWindow> batch = windows;
    windows = new ArrayList<>();
    batches.accept(batch, bytesRead);
  }

  private void endDocument() {
    if (!hasWindow) {
      tooShort++;
    }
  }

  /** Hands on what is left. */
  void end() throws IOException {
    endDocument();
    hasWindow = true;
    if (!windows.isEmpty()) {
      handOn();
    }
  }

  /** Returns how many documents have no window. */
  long tooShort() {
    return tooShort;
  }

  /** Returns how many documents there were. */
  long documents() {
    return documents;
  }
}
