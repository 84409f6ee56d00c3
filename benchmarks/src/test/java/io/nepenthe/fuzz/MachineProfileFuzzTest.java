package io.nepenthe.fuzz;

import io.nepenthe.energy.MachineProfiles;
import io.nepenthe.protocol.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a machine draws: files that {@code energy} reads. */
class MachineProfileFuzzTest extends ParserProperties {
  private static final Path SHIPPED = Path.of("machines");

  @Override
  List<byte[]> whole() throws IOException {
    List<byte[]> whole = new ArrayList<>();
    for (String name : new MachineProfiles(SHIPPED).names()) {
      whole.add(Files.readAllBytes(SHIPPED.resolve(name + ".yaml")));
    }
    return whole;
  }

  @Override
  List<String> words() {
    return List.of("gpus: 4", "cpuUsage: .inf", "cpuUsage: .nan", "cpuUsage: ", "name: ", "-0.5");
  }

  @Override
  Set<ErrorCode> mistakes() {
    return Set.of(ErrorCode.BAD_SUITE);
  }

  @Override
  void read(byte[] file, Path place) throws IOException {
    Path yaml = Files.write(place.resolve("machine.yaml"), file);
    Said.inYaml(file, new MachineProfiles(place).read(yaml.toString()));
  }
}
