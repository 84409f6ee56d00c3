package io.nepenthe.corpus.huggingface;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** GPT-2's older files, as the {@code tokenizer.json} that means the same. */
final class BytePairFiles {
  static final String VOCABULARY = "vocab.json";
  static final String MERGES = "merges.txt";
  private static final String END_OF_TEXT = "<|endoftext|>";

  private BytePairFiles() {}

  static ObjectNode read(Path vocabularyFile, Path mergesFile) throws IOException {
    ObjectNode vocabulary = FolderTokenizer.object(Files.readAllBytes(vocabularyFile));
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("version", "1.0");
    ArrayNode added = json.putArray("added_tokens");
    if (vocabulary.has(END_OF_TEXT)) {
      added
          .addObject()
          .put("id", vocabulary.path(END_OF_TEXT).asInt())
          .put("content", END_OF_TEXT)
          .put("single_word", false)
          .put("lstrip", false)
          .put("rstrip", false)
          .put("normalized", true)
          .put("special", true);
    }
    json.putNull("normalizer").putNull("post_processor");
    putByteLevel(json.putObject("pre_tokenizer"));
    putByteLevel(json.putObject("decoder"));
    ObjectNode model = json.putObject("model").put("type", "BPE");
    model.putNull("dropout").putNull("unk_token");
    model.put("continuing_subword_prefix", "").put("end_of_word_suffix", "").put("fuse_unk", false);
    model.set("vocab", vocabulary);
    ArrayNode merges = model.putArray("merges");
    for (String line : Files.readAllLines(mergesFile)) {
      if (!line.startsWith("#version") && !line.isBlank()) {
        merges.add(line);
      }
    }
    return json;
  }

  private static void putByteLevel(ObjectNode part) {
    part.put("type", "ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", true)
        .put("use_regex", true);
  }
}
