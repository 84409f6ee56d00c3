package io.nepenthe.suite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds and reads suites: YAML files in a folder. Every mistake names file, place and rule. */
public final class SuiteReader {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT) // 1.5 passes are a mistake, not 1
          .addModule(new ParameterNamesModule())
          .build();

  private final Path folder;

  /** Reads suites of a folder, by name, and any other file by path. */
  public SuiteReader(Path folder) {
    this.folder = folder;
  }

  /** Returns the names of the folder's suites, sorted. */
  public List<String> names() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml"))
          .map(name -> name.substring(0, name.length() - ".yaml".length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.IO, "cannot list suites in " + folder + " (" + e + ")", e);
    }
  }

  /** Returns the suite of a name, or of a path that ends with .yaml. */
  public Suite read(String nameOrPath) {
    Path file =
        nameOrPath.endsWith(".yaml") || nameOrPath.endsWith(".yml")
            ? Path.of(nameOrPath)
            : folder.resolve(nameOrPath + ".yaml");
    if (!Files.isRegularFile(file)) {
      throw new NepentheException(
          ErrorCode.BAD_SUITE,
          "there is no suite '"
              + nameOrPath
              + "'. Known suites: "
              + String.join(", ", names())
              + "; or give the path of a .yaml file.");
    }
    try {
      Suite suite = YAML.readValue(file.toFile(), Suite.class);
      if (suite == null) {
        throw bad(file, "the file is empty", null);
      }
      return suite;
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
    } catch (ValueInstantiationException e) {
      String message = e.getCause().getMessage(); // a list element left empty has none
      throw bad(
          file,
          unknownField(file)
              .orElse("at " + place(e) + ": " + (message == null ? "a value is missing" : message)),
          e);
    } catch (JsonMappingException e) {
      throw bad(file, "at " + place(e) + ": " + oneLine(e), e);
    } catch (JsonProcessingException e) {
      throw bad(
          file, "no valid YAML at line " + e.getLocation().getLineNr() + ": " + oneLine(e), e);
    } catch (IOException e) {
      throw bad(file, "cannot be read (" + e + ")", e);
    }
  }

  /** A misspelt name is also a missing value, which Jackson finds first: look for the name. */
  private static Optional<String> unknownField(Path file) {
    try {
      return unknownField(YAML.readTree(file.toFile()), Suite.class, "");
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
    Map<String, Type> known = new LinkedHashMap<>();
    for (RecordComponent component : ((Class<?>) type).getRecordComponents()) {
      known.put(component.getName(), component.getGenericType());
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String name = field.getKey();
      if (!known.containsKey(name)) {
        String where = place.isEmpty() ? "the top level" : place;
        return Optional.of(
            "there is no '" + name + "' at " + where + "; there is " + known.keySet());
      }
      Optional<String> deeper =
          unknownField(
              field.getValue(), known.get(name), place + (place.isEmpty() ? "" : ".") + name);
      if (deeper.isPresent()) {
        return deeper;
      }
    }
    return Optional.empty();
  }

  private static String place(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
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

  private static NepentheException bad(Path file, String what, Exception cause) {
    return new NepentheException(
        ErrorCode.BAD_SUITE, "suite " + file + ": " + what + ". Correct the file.", cause);
  }
}
