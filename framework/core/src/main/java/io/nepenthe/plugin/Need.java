package io.nepenthe.plugin;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The data a method asks for; the context hands out nothing else. */
public enum Need {
  /** The artifact rows the original model reproduces. */
  FORGET_SET,
  /** Rows whose behaviour is to be kept. */
  RETAIN_SET,
  /** The clean rows that the planted artifact rows replaced. */
  TWINS,
  /** The training rows that are no artifacts. */
  EXTRA;

  /** Returns the kebab-case name used in descriptors. */
  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the need of that name. */
  @JsonCreator
  public static Need of(String id) {
    for (Need need : values()) {
      if (need.id().equals(id)) {
        return need;
      }
    }
    throw new IllegalArgumentException(
        "need is '" + id + "', must be forget-set, retain-set, twins or extra");
  }
}
