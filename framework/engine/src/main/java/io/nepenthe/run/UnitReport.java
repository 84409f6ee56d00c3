package io.nepenthe.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.nepenthe.protocol.NepentheException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a unit.
 *
 * @param index its number in the plan
 * @param state how it ended
 * @param first the units to do before, if that is what it lacks
 * @param results how many results there are of it; 0 unless it is done
 * @param seconds what it took here
 * @param message one line on what keeps it from being done; null if nothing does
 * @param exitCode of a command that does it
 */
public record UnitReport(
    int index,
    State state,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Integer> first,
    int results,
    double seconds,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String message,
    @JsonIgnore int exitCode) {
  /** How a unit can end. */
  public enum State {
    /** It was done here. */
    @JsonProperty("done")
    DONE,
    /** It had been done before. */
    @JsonProperty("there")
    THERE,
    /** It stands on a unit that is not done. */
    @JsonProperty("missing")
    MISSING,
    /** Something kept it from being done. */
    @JsonProperty("failed")
    FAILED
  }

  /** Copies the list. */
  public UnitReport {
    first = List.copyOf(first);
  }

  static UnitReport done(WorkUnit unit, State state, double seconds) {
    return new UnitReport(unit.index(), state, List.of(), unit.results(), seconds, null, 0);
  }

  static UnitReport failed(WorkUnit unit, NepentheException why, double seconds) {
    return new UnitReport(
        unit.index(), State.FAILED, List.of(), 0, seconds, why.getMessage(), why.code().exitCode());
  }
}
