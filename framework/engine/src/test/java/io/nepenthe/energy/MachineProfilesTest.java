package io.nepenthe.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineProfilesTest {
  private static final String WHOLE =
      """
      name: node
      description: For tests.
      cpuUsage: 0.5
      cpuWatts: 200
      gpus: 2
      gpuUsage: 1
      gpuWatts: 300
      memoryGigabytes: 64
      powerUsageEffectiveness: 1.2
      carbonGramsPerKilowattHour: 400
      """;

  @TempDir private Path folder;

  private MachineProfile read(String yaml) throws IOException {
    Files.writeString(folder.resolve("node.yaml"), yaml);
    return new MachineProfiles(folder).read("node");
  }

  /** Returns the one line that a broken profile leads to. */
  private String mistake(String yaml) {
    NepentheException e = assertThrows(NepentheException.class, () -> read(yaml));
    assertEquals(ErrorCode.BAD_SUITE, e.code());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    assertTrue(
        e.getMessage().startsWith("machine profile " + folder.resolve("node.yaml") + ": "),
        e.getMessage());
    assertTrue(e.getMessage().endsWith(". Correct the file."), e.getMessage());
    return e.getMessage();
  }

  @Test
  void readsByNameAndByPath() throws IOException {
    MachineProfile profile = read(WHOLE);
    assertEquals(
        new MachineProfile("node", "For tests.", 0.5, 200.0, 2, 1.0, 300.0, 64.0, 1.2, 400.0),
        profile);
    MachineProfiles elsewhere = new MachineProfiles(Path.of("nowhere"));
    assertEquals(profile, elsewhere.read(folder.resolve("node.yaml").toString()));
    assertEquals(List.of("node"), new MachineProfiles(folder).names());
  }

  @Test
  void anUnknownProfileNamesTheKnownOnes() throws IOException {
    read(WHOLE);
    NepentheException e =
        assertThrows(NepentheException.class, () -> new MachineProfiles(folder).read("nod"));
    assertEquals(ErrorCode.BAD_SUITE, e.code());
    assertEquals(
        "there is no machine profile 'nod'. Known machine profiles: node; or give the path of a"
            + " .yaml file.",
        e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cpuWatts: 200                | cpuWats: 200                  | there is no 'cpuWats'
          cpuWatts: 200                | # nothing                     | cpuWatts is missing
          cpuWatts: 200                | cpuWatts:                     | cpuWatts is missing
          cpuWatts: 200                | cpuWatts: many                | at cpuWatts
          cpuWatts: 200                | cpuWatts: -1                  | cpuWatts is -1.0, must be at least 0.0
          cpuWatts: 200                | cpuWatts: Infinity            | cpuWatts is Infinity, must
          cpuUsage: 0.5                | cpuUsage: 50                  | cpuUsage is 50.0, must be in [0.0, 1.0]
          cpuUsage: 0.5                | cpuUsage: NaN                 | cpuUsage is NaN, must be in
          name: node                   | name: ''                      | name is missing
          description: For tests.      | # nothing                     | description is missing
          gpus: 2                      | gpus: 1.5                     | at gpus
          gpus: 2                      | gpus: -2                      | gpus is -2.0, must be at least 0.0
          gpuUsage: 1                  | # nothing                     | gpuUsage is missing
          gpuWatts: 300                | # nothing                     | gpuWatts is missing
          memoryGigabytes: 64          | memoryGigabytes: -64          | memoryGigabytes is -64.0
          powerUsageEffectiveness: 1.2 | powerUsageEffectiveness: 0.9  | is 0.9, must be at least 1.0
          carbonGramsPerKilowattHour: 400 | cpuUsage: 1                | Duplicate field 'cpuUsage'
          """)
  void aMistakeNamesPlaceAndRule(String right, String wrong, String named) {
    assertTrue(WHOLE.contains(right), right);
    String message = mistake(WHOLE.replace(right, wrong));
    assertTrue(message.contains(named), message);
  }

  @Test
  void anEmptyFileIsNoProfile() {
    mistake("");
    mistake("- a\n- list\n");
  }
}
