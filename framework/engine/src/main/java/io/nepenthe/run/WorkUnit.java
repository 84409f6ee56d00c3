package io.nepenthe.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The smallest part of a run that one machine does by itself: a training, or the grid points of a
 * method that share a localization. Units of a phase do not stand on each other.
 *
 * @param index its number in the plan, from 0
 * @param phase 1 for what stands on nothing, 2 for what stands on units of phase 1
 * @param kind what it does
 * @param task id of the task
 * @param alsoOf ids of further tasks that have the same training, at other moments
 * @param seed the run seed
 * @param method id of the method; null for an original model
 * @param points grid points of the method, empty for an original model
 * @param after indices of the units that must be done before
 * @param checkpoint of an original model that is trained: name of its training in the cache; null
 *     if the text it is made from was not there to tell
 */
public record WorkUnit(
    int index,
    int phase,
    Kind kind,
    String task,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> alsoOf,
    long seed,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String method,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Map<String, Number>> points,
    List<Integer> after,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String checkpoint) {
  /** What a unit does. */
  public enum Kind {
    /**
     * Trains a model, an original or one with a method that takes part, and measures it. A model
     * that was given is only measured.
     */
    @JsonProperty("training")
    TRAINING,
    /** Runs a method on an original model. */
    @JsonProperty("trials")
    TRIALS
  }

  /** Copies the collections; what a line leaves out is empty. */
  public WorkUnit {
    alsoOf = alsoOf == null ? List.of() : List.copyOf(alsoOf);
    points =
        points == null
            ? List.of()
            : points.stream()
                .map(point -> Collections.unmodifiableMap(new LinkedHashMap<>(point)))
                .toList();
    after = List.copyOf(after);
  }

  /** Returns it with its points in other types. */
  public WorkUnit with(List<Map<String, Number>> typed) {
    return new WorkUnit(index, phase, kind, task, alsoOf, seed, method, typed, after, checkpoint);
  }

  /** Returns true if it is the unit of an original model. */
  @JsonIgnore
  public boolean isOriginal() {
    return method == null;
  }

  /** Returns the ids of all tasks that it is of. */
  public List<String> tasks() {
    return Stream.concat(Stream.of(task), alsoOf.stream()).toList();
  }

  /** Returns the number of results that it leaves. */
  public int results() {
    return tasks().size() * (isOriginal() ? 1 : points.size());
  }

  /** Returns what it is, for a sentence. */
  public String inWords() {
    String place = task + " seed " + seed;
    return isOriginal()
        ? "the original model of " + place
        : kind == Kind.TRAINING
            ? "the training of " + place + " with " + method
            : method + " on " + place;
  }
}
