package io.nepenthe.energy;

import io.nepenthe.yaml.YamlFolder;
import java.nio.file.Path;
import java.util.List;

/** Finds and reads machine profiles: YAML files in a folder, as strictly as suites. */
public final class MachineProfiles {
  private final YamlFolder<MachineProfile> profiles;

  /** Reads profiles of a folder, by name, and any other file by path. */
  public MachineProfiles(Path folder) {
    this.profiles = new YamlFolder<>(folder, "machine profile", MachineProfile.class);
  }

  /** Returns the names of the folder's profiles, sorted. */
  public List<String> names() {
    return profiles.names();
  }

  /** Returns the profile of a name, or of a path that ends with .yaml. */
  public MachineProfile read(String nameOrPath) {
    return profiles.read(nameOrPath);
  }
}
