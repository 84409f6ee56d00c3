package io.nepenthe.plugin;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.nepenthe.protocol.OneLine;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads descriptors, which are files of others: strictly, and with a limit to all that a table, a
 * file name or a message takes from them.
 */
final class DescriptorReader {
  /** A descriptor is a page of text. */
  static final int MOST_BYTES = 256 << 10;

  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final int MOST_NAMES = 64;
  private static final int LONGEST_NAME = 80;
  private static final int LONGEST_TEXT = 2000;
  private static final Pattern PARAMETER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");
  private static final Pattern KIND = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              texts ->
                  texts
                      .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .build();

  private DescriptorReader() {}

  static MethodDescriptor read(byte[] json) {
    if (json.length > MOST_BYTES) {
      throw new IllegalArgumentException("the descriptor is longer than " + MOST_BYTES + " bytes");
    }
    try {
      JsonNode root = JSON.readTree(text(json));
      if (root == null || !root.isObject()) {
        throw new IllegalArgumentException("the descriptor is no JSON object");
      }
      check("", root, 0);
      checkNames(root);
      return JSON.treeToValue(root, MethodDescriptor.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(OneLine.of(words(e)), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(OneLine.of(String.valueOf(e.getMessage())), e);
    }
  }

  private static String text(byte[] json) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the descriptor is no UTF-8: store it as UTF-8", e);
    }
  }

  private static void check(String path, JsonNode node, int depth) {
    if (node.isNull() && depth != 1 && !(depth == 2 && path.startsWith("grids."))) {
      throw new IllegalArgumentException(path + " is null: give it a value, or leave it out");
    }
    if (node.isTextual()) {
      checkText(path, node.textValue(), LONGEST_TEXT);
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      checkText("a key", field.getKey(), LONGEST_NAME);
      check(
          path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
          field.getValue(),
          depth + 1);
    }
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        check(path + "[" + i + "]", node.get(i), depth + 1);
      }
    }
  }

  /** Whoever writes a half of a pair of surrogates into a file fails. */
  private static void checkText(String path, String text, int longest) {
    if (text.length() > longest) {
      throw new IllegalArgumentException(
          path + " has " + text.length() + " characters, may have " + longest);
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException(
          path + " holds half a character (a surrogate without the other)");
    }
  }

  private static void checkNames(JsonNode root) {
    for (String key : new String[] {"name", "paperName"}) {
      checkText(key, root.path(key).asText(), LONGEST_NAME);
    }
    checkKeys(
        root,
        "hyperparameters",
        PARAMETER,
        "no name of a record's component: up to 64 letters, digits and '_', no digit first");
    checkKeys(root, "grids", KIND, "no kind of task, which is kebab-case");
  }

  private static void checkKeys(JsonNode root, String map, Pattern pattern, String mistake) {
    if (root.path(map).size() > MOST_NAMES) {
      throw new IllegalArgumentException(map + " has more than " + MOST_NAMES + " entries");
    }
    Iterator<String> names = root.path(map).fieldNames();
    while (names.hasNext()) {
      String name = names.next();
      if (!pattern.matcher(name).matches()) {
        throw new IllegalArgumentException("'" + name + "' in " + map + " is " + mistake);
      }
    }
  }

  private static String words(JsonProcessingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "there is no '"
          + unknown.getPropertyName()
          + "'; there is "
          + unknown.getKnownPropertyIds().stream().map(String::valueOf).sorted().toList();
    }
    String where =
        e instanceof JsonMappingException mapping ? path(mapping) : line(e.getLocation());
    return own(e).orElse(e.getOriginalMessage().lines().findFirst().orElse("")) + where;
  }

  /** What a record of the descriptor says of its own values. */
  private static Optional<String> own(Throwable e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IllegalArgumentException && !(cause instanceof NumberFormatException)) {
        return Optional.ofNullable(cause.getMessage());
      }
    }
    return Optional.empty();
  }

  private static String path(JsonMappingException e) {
    String path =
        e.getPath().stream()
            .map(
                each ->
                    each.getFieldName() == null ? "[" + each.getIndex() + "]" : each.getFieldName())
            .collect(Collectors.joining("."));
    return path.isEmpty() ? "" : " (at " + path + ")";
  }

  private static String line(JsonLocation location) {
    return location == null
        ? ""
        : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
  }
}
