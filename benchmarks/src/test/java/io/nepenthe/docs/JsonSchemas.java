package io.nepenthe.docs;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedTypeVariable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes the JSON Schema of what Jackson writes of a class: its properties, which of them can be
 * null, and what the Javadoc of its record says of each.
 */
final class JsonSchemas {
  private static final ObjectMapper MAPPER = Json.mapper();
  private final ObjectNode definitions = MAPPER.createObjectNode();

  /** Returns the schema of a document; a sealed one also has the hash of its content. */
  static ObjectNode document(String title, Class<?> type, boolean isArray, boolean isSealed) {
    JsonSchemas schemas = new JsonSchemas();
    ObjectNode schema = MAPPER.createObjectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", title);
    if (isArray) {
      schema.put("type", "array");
      schema.set("items", schemas.plain(type, Map.of()));
    } else {
      schema.setAll(schemas.bean(type, Map.of()));
    }
    if (isSealed) {
      schema
          .withObject("/properties/contentHash")
          .put("type", "string")
          .put("pattern", "^[0-9a-f]{64}$")
          .put("description", "SHA-256 of the rest as canonical JSON");
      ((ArrayNode) schema.get("required")).add("contentHash");
    }
    if (!schemas.definitions.isEmpty()) {
      schema.set("$defs", schemas.definitions);
    }
    return schema;
  }

  private JsonNode of(AnnotatedType annotated, Map<TypeVariable<?>, AnnotatedType> known) {
    if (annotated instanceof AnnotatedTypeVariable variable
        && known.containsKey(variable.getType())) {
      return of(known.get(variable.getType()), known);
    }
    Map<TypeVariable<?>, AnnotatedType> arguments = new HashMap<>(known);
    Type type = annotated.getType();
    if (annotated instanceof AnnotatedParameterizedType parameterized) {
      Class<?> raw = (Class<?>) ((ParameterizedType) type).getRawType();
      AnnotatedType[] given = parameterized.getAnnotatedActualTypeArguments();
      for (int i = 0; i < given.length; i++) {
        arguments.put(raw.getTypeParameters()[i], given[i]);
      }
      return nullable(annotated, container(raw, given, arguments));
    }
    return nullable(annotated, plain((Class<?>) type, arguments));
  }

  private JsonNode container(
      Class<?> raw, AnnotatedType[] given, Map<TypeVariable<?>, AnnotatedType> arguments) {
    ObjectNode schema = MAPPER.createObjectNode();
    if (Collection.class.isAssignableFrom(raw)) {
      schema.put("type", "array").set("items", of(given[0], arguments));
    } else if (Map.class.isAssignableFrom(raw)) {
      schema.put("type", "object").set("additionalProperties", of(given[1], arguments));
    } else {
      return plain(raw, arguments);
    }
    return schema;
  }

  private JsonNode plain(Class<?> raw, Map<TypeVariable<?>, AnnotatedType> known) {
    ObjectNode schema = MAPPER.createObjectNode();
    if (raw == boolean.class || raw == Boolean.class) {
      return schema.put("type", "boolean");
    }
    if (List.<Class<?>>of(int.class, long.class, Integer.class, Long.class).contains(raw)) {
      return schema.put("type", "integer");
    }
    if (raw.isPrimitive() || Number.class.isAssignableFrom(raw)) {
      return number();
    }
    if (CharSequence.class.isAssignableFrom(raw)) {
      return schema.put("type", "string");
    }
    if (raw.isEnum()) {
      ArrayNode values = schema.putArray("enum");
      List.of(raw.getEnumConstants()).forEach(value -> values.add(MAPPER.valueToTree(value)));
      return schema;
    }
    if (raw.isArray()) {
      return schema.put("type", "array").set("items", plain(raw.getComponentType(), known));
    }
    AnnotatedMember value = description(raw).findJsonValueAccessor();
    if (value != null) {
      return of(annotated(value.getMember()), known);
    }
    if (raw.isSealed()) {
      ArrayNode choices = schema.putArray("anyOf");
      List.of(raw.getPermittedSubclasses()).forEach(sub -> choices.add(plain(sub, known)));
      return schema;
    }
    if (raw.isInterface() || raw.getPackageName().startsWith("java")) {
      return schema; // anything
    }
    return reference(raw, known);
  }

  /** JSON has no word for a number that is not finite; Jackson writes its name. */
  private ObjectNode number() {
    ObjectNode number = MAPPER.createObjectNode();
    ArrayNode choices = number.putArray("anyOf");
    choices.addObject().put("type", "number");
    choices.addObject().putArray("enum").add("Infinity").add("-Infinity").add("NaN");
    definitions.set("number", number);
    return MAPPER.createObjectNode().put("$ref", "#/$defs/number");
  }

  private ObjectNode reference(Class<?> raw, Map<TypeVariable<?>, AnnotatedType> known) {
    String name = raw.getSimpleName();
    if (!definitions.has(name)) {
      definitions.putObject(name);
      definitions.set(name, bean(raw, known));
    }
    return MAPPER.createObjectNode().put("$ref", "#/$defs/" + name);
  }

  private ObjectNode bean(Class<?> raw, Map<TypeVariable<?>, AnnotatedType> known) {
    ObjectNode schema = MAPPER.createObjectNode();
    schema.put("type", "object").put("additionalProperties", false);
    ArrayNode required = schema.putArray("required");
    ObjectNode properties = schema.putObject("properties");
    Map<String, String> told = parameters(raw);
    for (BeanPropertyDefinition property : description(raw).findProperties()) {
      if (!property.couldSerialize()) {
        continue;
      }
      JsonNode of =
          property.getName().equals("schema")
              ? MAPPER.createObjectNode().put("const", version(raw))
              : of(annotated(property.getAccessor().getMember()), known);
      String words = told.getOrDefault(property.getInternalName(), "");
      if (!words.isEmpty()) {
        ((ObjectNode) of).put("description", words);
      }
      properties.set(property.getName(), of);
      if (property.findInclusion().getValueInclusion().name().matches("ALWAYS|USE_DEFAULTS")) {
        required.add(property.getName());
      }
    }
    return schema;
  }

  private static String version(Class<?> document) {
    try {
      Field version = document.getDeclaredField("SCHEMA");
      version.setAccessible(true);
      return (String) version.get(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(document + " has a schema, but no constant SCHEMA", e);
    }
  }

  private static BeanDescription description(Class<?> raw) {
    return MAPPER.getSerializationConfig().introspect(MAPPER.constructType(raw));
  }

  private static AnnotatedType annotated(Member member) {
    return member instanceof Method method
        ? method.getAnnotatedReturnType()
        : ((Field) member).getAnnotatedType();
  }

  private static JsonNode nullable(AnnotatedType type, JsonNode schema) {
    if (!type.isAnnotationPresent(Nullable.class)) {
      return schema;
    }
    ObjectNode either = MAPPER.createObjectNode();
    either.putArray("anyOf").add(schema).addObject().put("type", "null");
    return either;
  }

  /** Returns what the Javadoc of a record says of its parts, by their names. */
  private static Map<String, String> parameters(Class<?> raw) {
    Map<String, String> told = new LinkedHashMap<>();
    Optional<String> source = source(raw);
    Matcher javadoc =
        Pattern.compile(
                "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@\\S+\\s+)*[a-z ]*record "
                    + raw.getSimpleName()
                    + "\\b",
                Pattern.DOTALL)
            .matcher(source.orElse(""));
    if (javadoc.find()) {
      Matcher parameter =
          Pattern.compile("@param (\\w+) ((?:(?!\\n\\s*\\* @).)*)", Pattern.DOTALL)
              .matcher(javadoc.group(1));
      while (parameter.find()) {
        told.put(
            parameter.group(1),
            parameter
                .group(2)
                .replaceAll("\\s*\\n\\s*\\*\\s*", " ")
                .replaceAll("\\{@(?:code|link|value) ([^}]*)\\}", "$1")
                .strip());
      }
    }
    return told;
  }

  private static final List<String> MODULES =
      List.of("framework/core", "framework/tasks", "framework/host", "framework/engine", "reports");

  private static Optional<String> source(Class<?> raw) {
    String path =
        "src/main/java/" + raw.getName().replaceAll("\\$.*", "").replace('.', '/') + ".java";
    for (String module : MODULES) {
      Path file = SourceTree.ROOT.resolve(module).resolve(path);
      if (Files.exists(file)) {
        try {
          return Optional.of(Files.readString(file));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return Optional.empty();
  }
}
