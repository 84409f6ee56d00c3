package io.nepenthe.yaml;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.task.DataSpec;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Reads records from YAML files: no field unknown, missing, double or of another type, nothing that
 * {@link PlainYaml} refuses. Every mistake is one line that names file, place and rule.
 */
final class StrictYaml {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT) // 1.5 passes are a mistake, not 1
          .addModule(new ParameterNamesModule())
          .build();

  private static final String DATA = ".data";

  private final String what;
  private final UnaryOperator<JsonNode> shorthand;

  /**
   * Prepares for files of one kind.
   *
   * @param what what a file is, as messages name it: "suite"
   * @param shorthand writes out what a file may say in short; gives the same node back if it has
   *     nothing of the kind, so that messages can name lines
   */
  StrictYaml(String what, UnaryOperator<JsonNode> shorthand) {
    this.what = what;
    this.shorthand = shorthand;
  }

  /**
   * Returns the record a file holds.
   *
   * @throws NepentheException with BAD_SUITE if it holds none
   */
  <T> T read(Path file, Class<T> type) {
    try {
      PlainYaml.require(file, type);
      Optional<JsonNode> writtenOut = writtenOut(file);
      T value =
          writtenOut.isPresent()
              ? YAML.treeToValue(writtenOut.get(), type)
              : YAML.readValue(file.toFile(), type);
      if (value == null) {
        throw bad(file, "the file is empty", null);
      }
      return value;
    } catch (UnrecognizedPropertyException e) {
      throw bad(
          file,
          "there is no '"
              + e.getPropertyName()
              + "' at "
              + place(e)
              + "; there is "
              + e.getKnownPropertyIds(),
          e);
    } catch (InvalidTypeIdException e) {
      String kind = e.getTypeId() == null ? "missing" : "'" + e.getTypeId() + "'";
      throw bad(file, "at " + place(e) + ": kind is " + kind + ", must be " + kinds(e), e);
    } catch (ValueInstantiationException e) {
      String message = e.getCause().getMessage(); // a list element left empty has none
      throw bad(
          file,
          unknownField(file, type)
              .orElse("at " + place(e) + ": " + (message == null ? "a value is missing" : message)),
          e);
    } catch (JsonMappingException e) {
      throw bad(file, "at " + place(e) + ": " + oneLine(e), e);
    } catch (JsonProcessingException e) {
      throw bad(
          file, "no valid YAML at line " + e.getLocation().getLineNr() + ": " + oneLine(e), e);
    } catch (IOException e) {
      throw bad(file, "cannot be read (" + e + ")", e);
    } catch (IllegalArgumentException e) {
      throw bad(file, e.getMessage(), e);
    }
  }

  /** The file without its shorthand; empty if it has none, or is no YAML at all. */
  private Optional<JsonNode> writtenOut(Path file) {
    try {
      JsonNode written = YAML.readTree(file.toFile());
      JsonNode whole = shorthand.apply(written);
      return whole.equals(written) ? Optional.empty() : Optional.of(whole);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** A misspelt name is also a missing value, which Jackson finds first: look for the name. */
  private Optional<String> unknownField(Path file, Class<?> type) {
    try {
      JsonNode node = writtenOut(file).orElse(YAML.readTree(file.toFile()));
      return unknownField(node, type, "");
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> unknownField(JsonNode node, Type type, String place) {
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      return IntStream.range(0, node.size())
          .mapToObj(
              i ->
                  unknownField(
                      node.path(i), list.getActualTypeArguments()[0], place + "[" + i + "]"))
          .flatMap(Optional::stream)
          .findFirst();
    }
    if (!(type instanceof Class<?> record && record.isRecord())) {
      return Optional.empty();
    }
    List<String> known =
        Arrays.stream(((Class<?>) type).getRecordComponents())
            .map(RecordComponent::getName)
            .toList();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String name = field.getKey();
      if (!known.contains(name)) {
        String where = place.isEmpty() ? "the top level" : place;
        return Optional.of("there is no '" + name + "' at " + where + "; there is " + known);
      }
      Optional<String> deeper =
          unknownField(
              field.getValue(),
              chosen((Class<?>) type, name, node),
              place + (place.isEmpty() ? "" : ".") + name);
      if (deeper.isPresent()) {
        return deeper;
      }
    }
    return Optional.empty();
  }

  private static boolean isOfData(Object owner) {
    return DataSpec.class.isAssignableFrom(owner instanceof Class<?> t ? t : owner.getClass());
  }

  /** The type of a field; where another field of the record names the subtype, that. */
  private static Type chosen(Class<?> record, String name, JsonNode node) {
    RecordComponent component =
        Arrays.stream(record.getRecordComponents())
            .filter(each -> each.getName().equals(name))
            .findFirst()
            .orElseThrow();
    JsonTypeInfo info = component.getAccessor().getAnnotation(JsonTypeInfo.class);
    JsonSubTypes types = component.getAccessor().getAnnotation(JsonSubTypes.class);
    if (info == null || types == null) {
      return component.getGenericType();
    }
    String kind = node.path(info.property()).asText();
    return Arrays.stream(types.value())
        .filter(each -> each.name().equals(kind))
        .map(each -> (Type) each.value())
        .findFirst()
        .orElse(component.getGenericType());
  }

  private static String kinds(InvalidTypeIdException e) {
    String message = e.getOriginalMessage();
    int known = message.indexOf("known type ids = ");
    return known < 0 ? "named" : "one of" + message.substring(known + 16).replaceFirst("].*", "]");
  }

  private static String place(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      if (isOfData(step.getFrom()) && !path.toString().endsWith(DATA)) {
        path.append(DATA); // Jackson leaves this step out, as another field names the type
      }
      path.append(
          step.getFieldName() == null
              ? "[" + step.getIndex() + "]"
              : (path.isEmpty() ? "" : ".") + step.getFieldName());
    }
    int line = e.getLocation() == null ? -1 : e.getLocation().getLineNr();
    return (path.isEmpty() ? "the top level" : path.toString())
        + (line > 0 ? " (line " + line + ")" : "");
  }

  private static String oneLine(JsonProcessingException e) {
    return e.getOriginalMessage().lines().findFirst().orElse("");
  }

  private NepentheException bad(Path file, String mistake, Exception cause) {
    return new NepentheException(
        ErrorCode.BAD_SUITE, what + " " + file + ": " + mistake + ". Correct the file.", cause);
  }
}
