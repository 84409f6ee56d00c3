package io.nepenthe.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import io.nepenthe.json.Json;
import io.nepenthe.provenance.Machine;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnergyUseTest {
  private static final Machine MACHINE = new Machine("0123abcd", "A CPU", 2, null);

  private static EnergyInvocation invocation(
      double seconds, @Nullable Double rapl, @Nullable Double smi) {
    return new EnergyInvocation(
        "2025-01-01T00:00:00Z", seconds, new MeasuredEnergy(rapl, smi), MACHINE);
  }

  @Test
  void addsUpInvocations() {
    EnergyUse use =
        EnergyUse.NONE
            .plus(invocation(1800, 2.0, null))
            .plus(invocation(5400, 3.0, null))
            .plus(invocation(3600, null, null));
    assertEquals(10800, use.wallSeconds());
    assertEquals(3, use.nodeHours());
    assertEquals(new MeasuredEnergy(5.0, null), use.measured());
    assertEquals(7200, use.measuredSeconds());
    assertEquals(2, use.measuredHours());
  }

  @Test
  void nothingMeasuredIsNoZero() {
    EnergyUse use = EnergyUse.NONE.plus(invocation(10, null, null));
    assertEquals(MeasuredEnergy.NONE, use.measured());
    assertEquals(0, use.measuredSeconds());
  }

  @Test
  void comesBackFromJson() throws JsonProcessingException {
    EnergyUse use = EnergyUse.NONE.plus(invocation(1.5, null, 0.25)).plus(invocation(2, 1.0, null));
    String json = Json.pretty(use);
    assertTrue(json.contains("\"schema\" : \"nepenthe-energy/1\""), json);
    assertTrue(json.contains("\"raplWattHours\" : null"), json);
    assertEquals(use, Json.mapper().readValue(json, EnergyUse.class));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "wallSeconds":1.5        | "wallSeconds":-1.5      | wallSeconds is -1.5
          "raplWattHours":1.0      | "raplWattHours":-1.0    | raplWattHours is -1.0
          "raplWattHours":1.0      | "joules":1.0            | joules
          "startedAt":"2025-01-01T00:00:00Z" | "startedAt":null | startedAt is missing
          """)
  void refusesWhatCannotBe(String right, String wrong, String named) {
    String json = Json.line(new EnergyUse(EnergyUse.SCHEMA, List.of(invocation(1.5, 1.0, null))));
    assertTrue(json.contains(right), json);
    JsonMappingException e =
        assertThrows(
            JsonMappingException.class,
            () -> Json.mapper().readValue(json.replace(right, wrong), EnergyUse.class));
    assertTrue(e.getMessage().contains(named), e.getMessage());
  }
}
