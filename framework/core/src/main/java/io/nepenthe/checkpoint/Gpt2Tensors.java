package io.nepenthe.checkpoint;

import io.nepenthe.model.Gpt2;
import io.nepenthe.model.TensorSpec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The tensors of a GPT-2 among those of a folder. A name may lack {@code transformer.}; the head
 * may be stored again, or alone, as it is the token embedding.
 */
final class Gpt2Tensors implements AutoCloseable {
  private static final String PREFIX = "transformer.";
  private static final String EMBEDDING = PREFIX + "wte.weight";
  private static final String HEAD = "lm_head.weight";

  /** Causal masks, which old checkpoints keep with the weights. */
  private static final Pattern MASK =
      Pattern.compile("(transformer\\.)?h\\.\\d+\\.attn\\.(bias|masked_bias)");

  /** What a block computes with; left out, it would compute something else. */
  private static final Pattern OF_A_BLOCK = Pattern.compile("(transformer\\.)?h\\..*");

  private final WeightFiles files;
  private final Gpt2 model;

  private Gpt2Tensors(WeightFiles files, Gpt2 model) {
    this.files = files;
    this.model = model;
  }

  static Gpt2Tensors open(Path folder, Gpt2 model) {
    return new Gpt2Tensors(WeightFiles.open(folder), model);
  }

  @Override
  public void close() {
    files.close();
  }

  /** Reads the values in model order, checking names, shapes, finiteness and the head. */
  float[] values() {
    refuseUnknownParts();
    float[] values = new float[Math.toIntExact(model.layout().size())];
    for (TensorSpec spec : model.layout().tensors()) {
      float[] part = read(spec, storedName(spec.name()));
      System.arraycopy(part, 0, values, Math.toIntExact(spec.offset()), part.length);
    }
    requireTiedHead(values);
    return values;
  }

  /** Returns the names of tensors that no GPT-2 with a language model head computes with. */
  List<String> leftOut() {
    Set<String> known = new HashSet<>(Set.of(HEAD));
    for (TensorSpec spec : model.layout().tensors()) {
      known.add(spec.name());
      known.add(bare(spec.name()));
    }
    return files.names().stream()
        .filter(name -> !known.contains(name) && !MASK.matcher(name).matches())
        .toList();
  }

  private void refuseUnknownParts() {
    Optional<String> unknown =
        leftOut().stream().filter(name -> OF_A_BLOCK.matcher(name).matches()).findFirst();
    if (unknown.isPresent()) {
      throw BadModel.of(
          files.main(), "tensor " + unknown.get() + " is of no GPT-2 with this config.json");
    }
  }

  private String storedName(String name) {
    return List.of(name, bare(name), name.equals(EMBEDDING) ? HEAD : name).stream()
        .filter(files.names()::contains)
        .findFirst()
        .orElseThrow(() -> BadModel.of(files.main(), "tensor " + name + " is missing"));
  }

  private static String bare(String name) {
    return name.substring(PREFIX.length());
  }

  private float[] read(TensorSpec spec, String name) {
    Safetensors.Tensor tensor = files.tensor(name);
    if (!Arrays.equals(tensor.shape(), spec.dimensions())) {
      throw BadModel.of(
          files.main(),
          "tensor "
              + name
              + " has shape "
              + Arrays.toString(tensor.shape())
              + ", must be "
              + spec.shape());
    }
    float[] values = tensor.values();
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw BadModel.of(
            files.main(), "tensor " + name + " holds " + values[i] + " at entry " + i);
      }
    }
    return values;
  }

  private void requireTiedHead(float[] values) {
    if (!files.names().contains(HEAD)) {
      return;
    }
    TensorSpec embedding = model.layout().tensor(EMBEDDING);
    float[] head = read(embedding, HEAD);
    int from = Math.toIntExact(embedding.offset());
    for (int i = 0; i < head.length; i++) {
      if (head[i] != values[from + i]) {
        throw BadModel.of(
            files.main(),
            HEAD + " differs from wte.weight at entry " + i + "; an untied head is not supported");
      }
    }
  }
}
