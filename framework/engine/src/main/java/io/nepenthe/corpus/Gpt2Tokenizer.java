package io.nepenthe.corpus;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import io.nepenthe.data.language.Gpt2Ids;

/**
 * GPT-2's byte-level BPE. {@code <|endoftext|>} in a text is one id, as in Hugging Face's
 * tokenizer. Thread-safe.
 */
public final class Gpt2Tokenizer {
  /** Changes whenever a text could get other ids. */
  static final String NAME = "gpt2/1";

  private static final String END_OF_TEXT_MARK = "<|endoftext|>";

  private final Encoding encoding =
      Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.R50K_BASE);

  /** Returns the ids of a text. */
  public int[] encode(String text) {
    IntArrayList ids = new IntArrayList();
    int from = 0;
    for (int mark = text.indexOf(END_OF_TEXT_MARK);
        mark >= 0;
        mark = text.indexOf(END_OF_TEXT_MARK, from)) {
      addOrdinary(text.substring(from, mark), ids);
      ids.add(Gpt2Ids.END_OF_TEXT);
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

  /**
   * Returns the text of ids. Bytes that are no UTF-8, as at the end of half a character, become
   * U+FFFD.
   *
   * @throws IllegalArgumentException if an id is not in [0, {@link Gpt2Ids#COUNT})
   */
  public String decode(int[] ids) {
    IntArrayList list = new IntArrayList(ids.length);
    for (int id : ids) {
      if (id < 0 || id >= Gpt2Ids.COUNT) {
        throw new IllegalArgumentException("id " + id + " is not in [0, " + Gpt2Ids.COUNT + ")");
      }
      list.add(id);
    }
    return encoding.decode(list);
  }
}
