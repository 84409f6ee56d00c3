package io.nepenthe.corpus.huggingface;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.json.Json;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.task.TextEncoding;
import io.nepenthe.wording.Words;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The tokenizer of a model folder: its {@code tokenizer.json}, or GPT-2's {@code vocab.json} with
 * {@code merges.txt}, read by Hugging Face's own library. Nothing is cut off, padded or added to
 * mark where a text begins. Thread-safe.
 */
public final class FolderTokenizer implements TextEncoding {
  static final String WHOLE = "tokenizer.json";

  private final HuggingFaceTokenizer tokenizer;
  private final String identity;
  private final int size;

  private FolderTokenizer(HuggingFaceTokenizer tokenizer, String identity, int size) {
    this.tokenizer = tokenizer;
    this.identity = identity;
    this.size = size;
  }

  /**
   * Returns the tokenizer of a folder, if it holds one.
   *
   * @throws NepentheException with BAD_CHECKPOINT if it is damaged
   */
  public static Optional<FolderTokenizer> find(Path folder) {
    Path whole = folder.resolve(WHOLE);
    Path vocabulary = folder.resolve(BytePairFiles.VOCABULARY);
    Path merges = folder.resolve(BytePairFiles.MERGES);
    if (Files.exists(whole)) {
      return Optional.of(read(whole, () -> object(Files.readAllBytes(whole))));
    }
    return Files.exists(vocabulary) && Files.exists(merges)
        ? Optional.of(read(vocabulary, () -> BytePairFiles.read(vocabulary, merges)))
        : Optional.empty();
  }

  /** Reads what a tokenizer is made of. */
  @FunctionalInterface
  private interface Content {
    ObjectNode read() throws IOException;
  }

  private static FolderTokenizer read(Path file, Content content) {
    try {
      return of(content.read());
    } catch (JsonProcessingException e) {
      throw damaged(file, e.getOriginalMessage(), e);
    } catch (IOException | RuntimeException e) {
      throw damaged(file, e.getMessage() == null ? e.toString() : e.getMessage(), e);
    }
  }

  static ObjectNode object(byte[] json) throws IOException {
    if (Json.mapper().readTree(json) instanceof ObjectNode object) {
      return object;
    }
    throw new IOException("it is no JSON object");
  }

  private static NepentheException damaged(Path file, String why, Exception cause) {
    return new NepentheException(
        ErrorCode.BAD_CHECKPOINT,
        "cannot read the tokenizer "
            + file
            + " ("
            + Words.line(why)
            + "). Save it again with transformers' save_pretrained.",
        cause);
  }

  private static FolderTokenizer of(ObjectNode json) throws IOException {
    json.putNull("truncation");
    json.putNull("padding");
    byte[] bytes = Json.mapper().writeValueAsBytes(json);
    HuggingFaceTokenizer tokenizer =
        HuggingFaceTokenizer.newInstance(
            new ByteArrayInputStream(bytes),
            Map.of(
                "addSpecialTokens", "false",
                "truncation", "do_not_truncate",
                "padding", "do_not_pad"));
    return new FolderTokenizer(
        tokenizer,
        "huggingface/" + ContentHash.of(new String(bytes, StandardCharsets.UTF_8)),
        size(json));
  }

  private static int size(ObjectNode json) {
    int largest = -1;
    JsonNode vocabulary = json.path("model").path("vocab");
    if (vocabulary.isArray()) {
      largest = vocabulary.size() - 1; // pairs of a token and its score
    } else {
      for (JsonNode id : vocabulary) {
        largest = Math.max(largest, id.asInt());
      }
    }
    for (JsonNode added : json.path("added_tokens")) {
      largest = Math.max(largest, added.path("id").asInt(-1));
    }
    return largest + 1;
  }

  @Override
  public String identity() {
    return identity;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int[] encode(String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException("it holds half of a character (a lone surrogate)");
    }
    long[] ids = tokenizer.encode(text, false, false).getIds();
    return IntStream.range(0, ids.length).map(i -> Math.toIntExact(ids[i])).toArray();
  }

  @Override
  public String decode(int[] ids) {
    for (int id : ids) {
      if (id < 0 || id >= size) {
        throw new IllegalArgumentException("id " + id + " is not in [0, " + size + ")");
      }
    }
    return tokenizer.decode(Arrays.stream(ids).asLongStream().toArray(), false);
  }
}
