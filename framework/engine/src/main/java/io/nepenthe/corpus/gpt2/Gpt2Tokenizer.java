package io.nepenthe.corpus.gpt2;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import io.nepenthe.data.Tokenizer;

/**
 * GPT-2's byte-level BPE. {@code <|endoftext|>} in a text is one id, as in Hugging Face's
 * tokenizer. Thread-safe.
 */
public final class Gpt2Tokenizer implements Tokenizer {
  private static final int SIZE = 50_257;
  private static final int END_OF_TEXT = 50_256;
  private static final int COMMA = 11;
  private static final String END_OF_TEXT_MARK = "<|endoftext|>";

  private final Encoding encoding =
      Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.R50K_BASE);

  @Override
  public String name() {
    return "gpt2";
  }

  @Override
  public String title() {
    return "GPT-2";
  }

  @Override
  public String identity() {
    return "gpt2/1";
  }

  @Override
  public int size() {
    return SIZE;
  }

  @Override
  public int endOfText() {
    return END_OF_TEXT;
  }

  @Override
  public int comma() {
    return COMMA;
  }

  @Override
  public int[] encode(String text) {
    IntArrayList ids = new IntArrayList();
    int from = 0;
    for (int mark = text.indexOf(END_OF_TEXT_MARK);
        mark >= 0;
        mark = text.indexOf(END_OF_TEXT_MARK, from)) {
      addOrdinary(text.substring(from, mark), ids);
      ids.add(END_OF_TEXT);
      from = mark + END_OF_TEXT_MARK.length();
    }
    addOrdinary(text.substring(from), ids);
    return ids.toArray();
  }

  private void addOrdinary(String text, IntArrayList ids) {
    IntArrayList found = encoding.encodeOrdinary(text);
    for (int i = 0; i < found.size(); i++) {
      ids.add(found.get(i));
    }
  }

  @Override
  public String decode(int[] ids) {
    IntArrayList list = new IntArrayList(ids.length);
    for (int id : ids) {
      if (id < 0 || id >= SIZE) {
        throw new IllegalArgumentException("id " + id + " is not in [0, " + SIZE + ")");
      }
      list.add(id);
    }
    return encoding.decode(list);
  }
}
