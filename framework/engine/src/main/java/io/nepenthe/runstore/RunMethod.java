package io.nepenthe.runstore;

import io.nepenthe.plugin.MethodDescriptor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A method of a run, as it was when it ran.
 *
 * @param id id of the plugin
 * @param version of the plugin
 * @param sha256 hash of its jar, which lies as {@code plugins/SHA256.jar} in the run's folder
 * @param descriptor what the method said of itself
 * @param grids by task: the values searched per hyper-parameter, defaults included; a task it is
 *     not run on is left out
 */
public record RunMethod(
    String id,
    String version,
    String sha256,
    MethodDescriptor descriptor,
    Map<String, Map<String, List<Number>>> grids) {
  /** Copies the map. */
  public RunMethod {
    grids = Collections.unmodifiableMap(new LinkedHashMap<>(grids));
  }

  /** Returns the points of one of its grids. */
  List<Map<String, Number>> points(Map<String, List<Number>> grid) {
    Map<String, List<Object>> values = new LinkedHashMap<>();
    grid.forEach((name, each) -> values.put(name, List.copyOf(each)));
    return descriptor.expand(values);
  }

  /** Returns a point that was read back, in the types that the method's hyper-parameters have. */
  public Map<String, Number> typed(Map<String, Number> point) {
    Map<String, List<Object>> values = new LinkedHashMap<>();
    point.forEach((name, value) -> values.put(name, List.of(value)));
    return descriptor.expand(values).get(0);
  }
}
