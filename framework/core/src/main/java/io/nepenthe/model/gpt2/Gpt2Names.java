package io.nepenthe.model.gpt2;

import io.nepenthe.model.StoredNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of a GPT-2's tensors. A name may lack {@code transformer.}; the head may be stored
 * again, or alone, as it is the token embedding.
 */
final class Gpt2Names implements StoredNames {
  private static final String PREFIX = "transformer.";
  private static final String HEAD = "lm_head.weight";

  /** Causal masks, which old checkpoints keep with the weights. */
  private static final Pattern MASK =
      Pattern.compile("(transformer\\.)?h\\.\\d+\\.attn\\.(bias|masked_bias)");

  private static final Pattern OF_A_BLOCK =
      Pattern.compile("(transformer\\.)?h\\.(?<block>\\d+)\\..*");

  private final int layers;

  Gpt2Names(int layers) {
    this.layers = layers;
  }

  @Override
  public List<String> of(String tensor) {
    String bare = tensor.substring(PREFIX.length());
    return tensor.equals(Gpt2.TOKEN_EMBEDDING)
        ? List.of(tensor, bare, HEAD)
        : List.of(tensor, bare);
  }

  @Override
  public Map<String, String> copies() {
    return Map.of(HEAD, Gpt2.TOKEN_EMBEDDING);
  }

  @Override
  public boolean isConstant(String stored) {
    return MASK.matcher(stored).matches();
  }

  @Override
  public Optional<String> refusal(String stored) {
    Matcher name = OF_A_BLOCK.matcher(stored);
    if (!name.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        name.group("block").length() < 10 && Integer.parseInt(name.group("block")) >= layers
            ? "is of a block that config.json leaves out, as its n_layer is "
                + layers
                + "; set n_layer to the number of blocks, or save the first "
                + layers
                + " only"
            : "is of no GPT-2 with this config.json");
  }
}
