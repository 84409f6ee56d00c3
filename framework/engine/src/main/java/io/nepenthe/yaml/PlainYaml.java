package io.nepenthe.yaml;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;

/**
 * What a YAML file may not use, because a reader would take it for something else or pass it over:
 * anchors, aliases, merge keys, tags, a second document, and quoted numbers where text is not due.
 */
final class PlainYaml {
  private static final Pattern NUMBER =
      Pattern.compile("\\s*[-+]?(\\d[\\d_]*(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?\\s*");

  /** Names of fields that hold text, which may look like a number. */
  private final Set<String> textFields = new HashSet<>();

  private final Set<Type> seen = new HashSet<>();

  /** The open mappings and lists, innermost first. */
  private final Deque<Level> levels = new ArrayDeque<>();

  private boolean begun;

  /** A mapping or list, and the name that what is in it goes by. */
  private static final class Level {
    private final boolean mapping;
    private String name;
    private boolean keyIsNext;

    Level(boolean mapping, String name) {
      this.mapping = mapping;
      this.name = name;
      this.keyIsNext = mapping;
    }
  }

  private PlainYaml(Class<?> type) {
    addTextFields(type);
  }

  /**
   * Refuses a file that uses any of it.
   *
   * @param type what the file holds
   * @throws IllegalArgumentException which names line and rule
   */
  static void require(Path file, Class<?> type) throws IOException {
    PlainYaml plain = new PlainYaml(type);
    try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      new Yaml().parse(text).forEach(plain::check);
    } catch (YAMLException e) {
      return; // whoever reads the file says what is wrong with it, and where
    }
  }

  private void addTextFields(Type type) {
    if (type instanceof ParameterizedType generic) {
      Stream.of(generic.getActualTypeArguments()).forEach(this::addTextFields);
    } else if (type instanceof Class<?> one && seen.add(one)) {
      if (one.isSealed()) {
        Stream.of(one.getPermittedSubclasses()).forEach(this::addTextFields);
      }
      if (one.isRecord()) {
        for (RecordComponent field : one.getRecordComponents()) {
          addTextFields(field);
        }
      }
    }
  }

  private void addTextFields(RecordComponent field) {
    if (field.getType() == String.class) {
      textFields.add(field.getName());
    }
    addTextFields(field.getGenericType());
    JsonSubTypes kinds = field.getAccessor().getAnnotation(JsonSubTypes.class);
    if (kinds != null) {
      Arrays.stream(kinds.value()).map(JsonSubTypes.Type::value).forEach(this::addTextFields);
    }
  }

  private void check(Event event) {
    if (event instanceof DocumentStartEvent) {
      require(!begun, event, "a second document begins", "a file holds one");
      begun = true;
    } else if (event instanceof NodeEvent node) {
      require(
          !(node instanceof AliasEvent) && node.getAnchor() == null,
          event,
          "'" + (node instanceof AliasEvent ? "*" : "&") + node.getAnchor() + "'",
          "anchors and aliases are not supported: write the value out");
      checkNode(node);
    } else if (event instanceof MappingEndEvent || event instanceof SequenceEndEvent) {
      levels.pop();
      valueIsThere();
    }
  }

  private void checkNode(NodeEvent node) {
    String tag = null;
    if (node instanceof ScalarEvent scalar) {
      tag = scalar.getTag();
      checkScalar(scalar);
    } else if (node instanceof MappingStartEvent start) {
      tag = start.getTag();
      levels.push(new Level(true, name()));
    } else if (node instanceof SequenceStartEvent start) {
      tag = start.getTag();
      levels.push(new Level(false, name()));
    }
    require(tag == null, node, "tag '" + tag + "'", "tags are not supported: leave it out");
  }

  private void checkScalar(ScalarEvent scalar) {
    Level level = levels.peek();
    if (level != null && level.mapping && level.keyIsNext) {
      require(
          !scalar.getValue().equals("<<"),
          scalar,
          "'<<'",
          "merge keys are not supported: write the values out");
      level.name = scalar.getValue();
      level.keyIsNext = false;
      return;
    }
    require(
        scalar.isPlain()
            || textFields.contains(name())
            || !NUMBER.matcher(scalar.getValue()).matches(),
        scalar,
        name() + " is the text '" + scalar.getValue().strip() + "'",
        "must be a number: leave out the quotes");
    valueIsThere();
  }

  private void valueIsThere() {
    if (!levels.isEmpty()) {
      levels.element().keyIsNext = levels.element().mapping;
    }
  }

  private String name() {
    return levels.isEmpty() ? "the file" : levels.element().name;
  }

  private static void require(boolean holds, Event event, String what, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(
          "line " + (event.getStartMark().getLine() + 1) + ": " + what + ", " + rule);
    }
  }
}
