package io.nepenthe.fuzz;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.nepenthe.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Compares what a file says with what was read: nothing that it says may be passed over, taken for
 * something else, or said twice.
 */
final class Said {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final ObjectMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final Pattern TEXT_LIKE_A_NUMBER = Pattern.compile("[-+.0-9][-+.0-9a-zA-Z_]*");

  private static final Pattern TEXT_LIKE_A_FLAG =
      Pattern.compile("(?i)true|false|yes|no|on|off|y|n");

  private Said() {}

  /** Returns what a file of JSON that was accepted says. */
  static JsonNode json(byte[] file) {
    return tree(JSON, file);
  }

  /** Does nothing if a file of JSON that was accepted says what was read. */
  static void inJson(byte[] file, Object read) {
    require(tree(JSON, file), Json.mapper().valueToTree(read), "");
  }

  /** Returns what a file of YAML that was accepted says. */
  static JsonNode yaml(byte[] file) {
    return tree(YAML, file);
  }

  /** Does nothing if a file of YAML that was accepted says what was read. */
  static void inYaml(byte[] file, Object read) {
    require(tree(YAML, file), Json.mapper().valueToTree(read), "");
  }

  /** Does nothing if all that one tree says is in the other. */
  static void require(JsonNode said, JsonNode read, String at) {
    if (said.isNull() || said.isMissingNode()) {
      return; // left out, or as if it were
    }
    if (said.isObject() && read.isObject()) {
      for (Map.Entry<String, JsonNode> field : said.properties()) {
        require(field.getValue(), read.path(field.getKey()), at + "/" + field.getKey());
      }
    } else if (areTexts(said) && areTexts(read)) { // perhaps a set
      if (!sorted(said).equals(sorted(read))) {
        throw new AssertionError(at + " says " + said + ", and is read as " + read);
      }
    } else if (said.isArray() && read.isArray() && said.size() == read.size()) {
      for (int i = 0; i < said.size(); i++) {
        require(said.get(i), read.get(i), at + "/" + i);
      }
    } else if (said.isArray() && said.size() == 1 && !read.isArray()) { // a list may have one value
      require(said.get(0), read, at);
    } else if (!isSame(said, read)) {
      throw new AssertionError(at + " says " + said + ", and is read as " + read);
    }
  }

  private static boolean areTexts(JsonNode list) {
    return list.isArray() && list.valueStream().allMatch(JsonNode::isTextual);
  }

  private static List<String> sorted(JsonNode texts) {
    return texts.valueStream().map(JsonNode::textValue).sorted().toList();
  }

  private static boolean isSame(JsonNode said, JsonNode read) {
    if (said.isContainerNode() || read.isContainerNode()) {
      return said.isEmpty() && read.isMissingNode();
    }
    if (said.isNumber() && read.isTextual()) { // text without quotes
      return TEXT_LIKE_A_NUMBER.matcher(read.asText()).matches();
    }
    if (said.isBoolean() && read.isTextual()) { // text without quotes
      return TEXT_LIKE_A_FLAG.matcher(read.asText()).matches();
    }
    if (said.isIntegralNumber() && read.isIntegralNumber()) {
      return said.bigIntegerValue().equals(read.bigIntegerValue());
    }
    if (said.isNumber() && read.isNumber()) {
      return said.doubleValue() == read.doubleValue();
    }
    return (said.isTextual() == read.isTextual()) && said.asText().equals(read.asText());
  }

  private static JsonNode tree(ObjectMapper mapper, byte[] file) {
    try {
      return mapper.readTree(file);
    } catch (IOException e) {
      throw new AssertionError("it was read, though " + e.getMessage(), e);
    }
  }
}
