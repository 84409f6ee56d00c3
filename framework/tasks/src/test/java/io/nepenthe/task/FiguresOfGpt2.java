package io.nepenthe.task;

/** The paper's tokenizer, without what it takes to cut a text: that is in another module. */
public final class FiguresOfGpt2 implements Tokenizer {
  @Override
  public String name() {
    return Tokenizers.PAPER;
  }

  @Override
  public String title() {
    return "GPT-2";
  }

  @Override
  public String identity() {
    return "figures";
  }

  @Override
  public int size() {
    return 50_257;
  }

  @Override
  public int endOfText() {
    return 50_256;
  }

  @Override
  public int comma() {
    return 11;
  }

  @Override
  public int[] encode(String text) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String decode(int[] ids) {
    throw new UnsupportedOperationException();
  }
}
