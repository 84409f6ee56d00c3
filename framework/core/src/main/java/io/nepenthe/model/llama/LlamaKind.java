package io.nepenthe.model.llama;

/**
 * The members of the family, which differ in a few places of a block and in what their {@code
 * config.json} means by leaving a value out.
 */
@SuppressWarnings("ImmutableEnumChecker") // a record of numbers is immutable
enum LlamaKind {
  /** Biases of attention and MLP as the configuration says. */
  LLAMA("llama", "Llama", "LlamaForCausalLM", new Defaults(0, 0, 2048, 1e-6, 1, 2)),
  /** May have a sliding window. */
  MISTRAL("mistral", "Mistral", "MistralForCausalLM", new Defaults(8, 0, 131072, 1e-6, 1, 2)),
  /** Queries, keys and values have biases. */
  QWEN2("qwen2", "Qwen2", "Qwen2ForCausalLM", new Defaults(32, 0, 32768, 1e-6, -1, -1)),
  /** Queries and keys are normalised head by head. */
  QWEN3("qwen3", "Qwen3", "Qwen3ForCausalLM", new Defaults(32, 128, 32768, 1e-6, -1, -1)),
  /** Queries and keys are normalised whole; sublayers are normalised after them, not before. */
  OLMO2("olmo2", "OLMo 2", "Olmo2ForCausalLM", new Defaults(0, 0, 2048, 1e-5, -1, 50279));

  /**
   * What a configuration means by leaving a value out.
   *
   * @param keyValueHeads 0 if as many as heads of queries
   * @param headSize 0 if the width divided by the heads
   * @param positions longest row
   * @param epsilon of norms
   * @param begin the id that begins a text, -1 for none
   * @param end the id that ends a text, -1 for none
   */
  record Defaults(
      int keyValueHeads, int headSize, int positions, double epsilon, int begin, int end) {}

  private final String type;
  private final String label;
  private final String modelClass;
  private final Defaults defaults;

  LlamaKind(String type, String label, String modelClass, Defaults defaults) {
    this.type = type;
    this.label = label;
    this.modelClass = modelClass;
    this.defaults = defaults;
  }

  /** Returns the {@code model_type}. */
  String type() {
    return type;
  }

  /** Returns the name in reports. */
  String label() {
    return label;
  }

  /** Returns Hugging Face's class. */
  String modelClass() {
    return modelClass;
  }

  /** Returns what values that are left out mean. */
  Defaults defaults() {
    return defaults;
  }

  /** Returns true if attention and MLP read the stream as it is, and what they write is normed. */
  boolean normsAfter() {
    return this == OLMO2;
  }

  /** Returns true if queries and keys are normalised, head by head or whole. */
  boolean normsQueriesAndKeys() {
    return this == QWEN3 || this == OLMO2;
  }

  /** Returns true if {@code attention_bias} of the configuration decides on biases. */
  boolean readsAttentionBias() {
    return this == LLAMA || this == QWEN3 || this == OLMO2;
  }
}
