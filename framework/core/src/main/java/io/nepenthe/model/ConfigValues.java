package io.nepenthe.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of a {@code config.json}, for an {@link Architecture} to read. What cannot be is
 * refused with an {@link IllegalArgumentException} that names the key and the value. Null counts as
 * left out, as nearly everywhere in such files.
 */
public final class ConfigValues {
  private static final double MOST_WEIGHTS = 1e12;
  private static final int MOST_LAYERS = 10_000;

  private final JsonNode json;
  private final String within;

  /** Reads a whole file. */
  public ConfigValues(JsonNode json) {
    this(json, "");
  }

  private ConfigValues(JsonNode json, String within) {
    this.json = json;
    this.within = within;
  }

  /** Returns the values of an object that is one of these values, empty if it is left out. */
  public ConfigValues within(String name) {
    JsonNode inner = json.path(name);
    if (!isLeftOut(inner) && !inner.isObject()) {
      throw refused(name, inner, "must be an object");
    }
    return new ConfigValues(inner, within + name + ".");
  }

  /** Refuses objects among these values. */
  public void requireNoObjects(String rule) {
    for (Map.Entry<String, JsonNode> each : json.properties()) {
      if (each.getValue().isObject()) {
        throw refused(each.getKey(), rule);
      }
    }
  }

  /** Returns true if there is no value, or null. */
  public boolean lacks(String name) {
    return isLeftOut(json.path(name));
  }

  /** Returns true if there is a null. */
  public boolean isNull(String name) {
    return json.path(name).isNull();
  }

  private static boolean isLeftOut(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  /** Returns a whole number. */
  public int integer(String name, int otherwise) {
    Integer value = integer(name);
    return value == null ? otherwise : value;
  }

  /** Returns a whole number, null if there is none. */
  public @Nullable Integer integer(String name) {
    JsonNode value = json.path(name);
    if (isLeftOut(value)) {
      return null;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw refused(name, value, "must be a whole number");
    }
    return value.intValue();
  }

  /** Returns a finite number. */
  public double number(String name, double otherwise) {
    JsonNode value = json.path(name);
    if (isLeftOut(value)) {
      return otherwise;
    }
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw refused(name, value, "must be a number");
    }
    return value.doubleValue();
  }

  /** Returns the epsilon of norms. */
  public double epsilon(String name, double otherwise) {
    JsonNode value = json.path(name);
    if (isLeftOut(value)) {
      return otherwise;
    }
    if (!value.isNumber() || !(value.doubleValue() >= 0 && value.doubleValue() < 1)) {
      throw refused(name, value, "must be in [0, 1)");
    }
    return value.doubleValue();
  }

  /** Returns a truth value. Null is false to Python, whatever leaving it out would mean. */
  public boolean flag(String name, boolean otherwise) {
    JsonNode value = json.path(name);
    if (value.isMissingNode() || (value.isNull() && !otherwise)) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw refused(name, value, "must be true or false");
    }
    return value.booleanValue();
  }

  /**
   * Refuses another truth value than the needed one; null counts as false, which it is to Python.
   */
  public void require(String name, boolean needed) {
    JsonNode value = json.path(name);
    boolean holds = value.isMissingNode() || (value.isNull() && !needed);
    if (!holds && !(value.isBoolean() && value.booleanValue() == needed)) {
      throw refused(name, value, "must be " + needed);
    }
  }

  /** Returns a text. */
  public String text(String name, String otherwise) {
    JsonNode value = json.path(name);
    if (isLeftOut(value)) {
      return otherwise;
    }
    if (!value.isTextual()) {
      throw refused(name, value, "must be a text");
    }
    return value.textValue();
  }

  /** Returns texts of a list, none if it is left out. */
  public List<String> texts(String name) {
    JsonNode list = json.path(name);
    if (isLeftOut(list)) {
      return List.of();
    }
    if (!list.isArray()) {
      throw refused(name, list, "must be a list");
    }
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  /** Returns the activation function of a Hugging Face name. */
  public Activation activation(String name, String otherwise) {
    String activation = json.path(name).asText(otherwise);
    return Activation.find(activation)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    within
                        + name
                        + " '"
                        + activation
                        + "' is not supported; these are: "
                        + String.join(", ", Activation.names())));
  }

  /** Returns a reserved id, the first of several; -1 if there is none, or not in the vocabulary. */
  public int id(String name, int otherwise, int vocabulary) {
    JsonNode value = json.path(name);
    JsonNode first = value.isArray() ? value.path(0) : value;
    int id = json.has(name) ? first.asInt(-1) : otherwise;
    return id < vocabulary ? id : -1;
  }

  /** Returns those settings, all of them probabilities, that are not 0, each with its value. */
  public List<String> notZero(List<String> names) {
    return names.stream()
        .filter(name -> probability(name) != 0)
        .map(name -> name + " " + json.path(name))
        .toList();
  }

  private double probability(String name) {
    double value = number(name, 0);
    if (!(value >= 0 && value <= 1)) {
      throw refused(name, "must be in [0, 1]");
    }
    return value;
  }

  /** Returns the exception that refuses a value. */
  public IllegalArgumentException refused(String name, String rule) {
    return refused(name, json.path(name), rule);
  }

  private IllegalArgumentException refused(String name, JsonNode value, String rule) {
    String words = value.isMissingNode() ? "missing" : value.toString();
    return new IllegalArgumentException(within + name + " is " + words + ", " + rule);
  }

  /** Throws unless a whole number is allowed, naming its key. */
  public static void require(boolean holds, String name, int value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + ", must be " + rule);
    }
  }

  /** Throws if a model is absurdly large. */
  public static void requireAffordable(int layers, double weights) {
    if (weights > MOST_WEIGHTS || layers > MOST_LAYERS) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%d layers and %.0f weights are not supported", layers, weights));
    }
  }
}
