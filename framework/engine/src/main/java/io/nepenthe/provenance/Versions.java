package io.nepenthe.provenance;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** Versions of the libraries that compute. */
public final class Versions {
  private Versions() {}

  /** Returns this program's version. */
  public static String framework() {
    return property("io/nepenthe/provenance/version.properties", "framework");
  }

  /** Returns DJL's version. */
  public static String djl() {
    return property("pytorch-engine.properties", "djl_version");
  }

  /** Returns the version of the libtorch that DJL's PyTorch engine was built for. */
  public static String libtorch() {
    return property("pytorch-engine.properties", "pytorch_version");
  }

  private static String property(String resource, String name) {
    try (InputStream in = Versions.class.getClassLoader().getResourceAsStream(resource)) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty(name, "unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
