package io.nepenthe.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of a decoder's tensors. A name may lack the prefix that the body has within the model
 * with a head; a head that is the token embedding may be stored again, or alone.
 */
public final class DecoderNames implements StoredNames {
  private final String prefix;
  private final String tokenEmbedding;
  private final String head;
  private final boolean isTied;
  private final Pattern constants;
  private final Pattern ofBlock;
  private final String layersKey;
  private final LanguageModel model;

  /**
   * Describes names.
   *
   * @param model whose tensors they are
   * @param prefix of all but the head, with its dot
   * @param tokenEmbedding the token embedding
   * @param head the head
   * @param blocks what the blocks are called, without the prefix and the number
   * @param constants which stored tensors hold nothing learned, without the prefix, as a pattern
   * @param layersKey what {@code config.json} calls the number of blocks
   */
  public DecoderNames(
      LanguageModel model,
      String prefix,
      String tokenEmbedding,
      String head,
      String blocks,
      String constants,
      String layersKey) {
    String mayHavePrefix = "(" + Pattern.quote(prefix) + ")?";
    this.model = model;
    this.prefix = prefix;
    this.tokenEmbedding = tokenEmbedding;
    this.head = head;
    this.isTied = !model.embeddings().contains(head);
    this.constants = Pattern.compile(mayHavePrefix + "(" + constants + ")");
    this.ofBlock =
        Pattern.compile(mayHavePrefix + Pattern.quote(blocks + ".") + "(?<block>\\d+)\\..*");
    this.layersKey = layersKey;
  }

  @Override
  public List<String> of(String tensor) {
    if (tensor.equals(head)) {
      return List.of(tensor);
    }
    String bare = tensor.substring(prefix.length());
    return isTied && tensor.equals(tokenEmbedding)
        ? List.of(tensor, bare, head)
        : List.of(tensor, bare);
  }

  @Override
  public Map<String, String> copies() {
    return isTied ? Map.of(head, tokenEmbedding) : Map.of();
  }

  @Override
  public boolean isConstant(String stored) {
    return constants.matcher(stored).matches();
  }

  @Override
  public Optional<String> refusal(String stored) {
    Matcher name = ofBlock.matcher(stored);
    if (!name.matches()) {
      return Optional.empty();
    }
    int layers = model.layers();
    return Optional.of(
        name.group("block").length() < 10 && Integer.parseInt(name.group("block")) >= layers
            ? "is of a block that config.json leaves out, as its "
                + layersKey
                + " is "
                + layers
                + "; set "
                + layersKey
                + " to the number of blocks, or save the first "
                + layers
                + " only"
            : "is of no " + model.architecture().name() + " with this config.json");
  }
}
