package io.nepenthe.landscape;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.nepenthe.tensor.FloatType;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Landscapes of models of one architecture, in the same directions: {@code landscape.json}.
 *
 * @param schema "nepenthe-landscape/1"
 * @param seed of the directions
 * @param offsets along either direction, rising, 0 in the middle; 1 is a filter's own norm
 * @param rows how many rows the losses are means over
 * @param rowsHash of these rows
 * @param computeType in which products with matrices were computed; null for float32
 * @param models in the order in which they were given
 */
public record LossLandscapes(
    String schema,
    long seed,
    List<Double> offsets,
    int rows,
    String rowsHash,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable FloatType computeType,
    List<Landscape> models) {
  /** The schema this program writes. */
  public static final String SCHEMA = "nepenthe-landscape/1";

  /** Copies the lists and checks that every model has a loss for every pair of offsets. */
  public LossLandscapes {
    Objects.requireNonNull(schema, "schema is missing");
    Objects.requireNonNull(rowsHash, "rowsHash is missing");
    offsets = List.copyOf(offsets);
    models = List.copyOf(models);
    for (Landscape model : models) {
      if (model.losses().size() != offsets.size()) {
        throw new IllegalArgumentException(
            model.name()
                + " has losses at "
                + model.losses().size()
                + " offsets, must have "
                + offsets.size());
      }
    }
  }
}
