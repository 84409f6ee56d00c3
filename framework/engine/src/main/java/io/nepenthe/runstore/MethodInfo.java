package io.nepenthe.runstore;

import io.nepenthe.plugin.EditedPart;
import io.nepenthe.plugin.Family;
import io.nepenthe.plugin.MethodDescriptor;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What reports need to know of a method, from its descriptor; nulls where an old run does not tell.
 *
 * @param name as tables print it
 * @param family its kind
 * @param edits neurons or weights, if that is all it edits, by setting them to zero; else null
 * @param look number of its colour and marker; null if it has none of its own
 * @param paperName what the paper's tables call it; null if it is not there
 * @param retrains true if its models never saw the artifacts; null if not known
 */
public record MethodInfo(
    @Nullable String name,
    @Nullable Family family,
    @Nullable EditedPart edits,
    @Nullable Integer look,
    @Nullable String paperName,
    @Nullable Boolean retrains) {
  /** A method of which nothing is known. */
  public static final MethodInfo UNKNOWN = new MethodInfo(null, null, null, null, null, null);

  /** Returns what a descriptor tells. */
  public static MethodInfo of(MethodDescriptor descriptor) {
    return new MethodInfo(
        descriptor.name(),
        descriptor.family(),
        descriptor.zeroes().orElse(null),
        descriptor.look(),
        descriptor.paperName(),
        descriptor.retrainsTheModel());
  }

  /** Returns methods of which nothing but their ids is known, in that order. */
  public static Map<String, MethodInfo> unknown(Collection<String> ids) {
    Map<String, MethodInfo> methods = new LinkedHashMap<>();
    ids.forEach(id -> methods.put(id, UNKNOWN));
    return Collections.unmodifiableMap(methods);
  }
}
