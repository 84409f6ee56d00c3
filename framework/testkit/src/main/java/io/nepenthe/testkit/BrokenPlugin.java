package io.nepenthe.testkit;

import io.nepenthe.plugin.MitigationMethod;
import java.nio.file.Path;
import java.util.Locale;

/** The plugins that misbehave on purpose, and the jar of each. */
public enum BrokenPlugin {
  /** Ends with an exception. */
  THROWS(BrokenMethods.Throws.class),
  /** Never ends, but can be interrupted. */
  HANGS(BrokenMethods.Hangs.class),
  /** Never ends and takes no notice of an interrupt. */
  HANGS_STUBBORNLY(BrokenMethods.HangsStubbornly.class),
  /** Leaves weights that are no numbers. */
  RETURNS_NAN(BrokenMethods.ReturnsNan.class),
  /** Ends its process. */
  EXITS(BrokenMethods.Exits.class),
  /** Crashes its process natively. */
  CRASHES(BrokenMethods.Crashes.class),
  /** Fills the Java heap. */
  EXHAUSTS_MEMORY(BrokenMethods.ExhaustsMemory.class),
  /** Changes nothing; valid. */
  EDITS_NOTHING(BrokenMethods.EditsNothing.class),
  /** Closes the weights it was given. */
  CLOSES_WEIGHTS(BrokenMethods.ClosesWeights.class),
  /** Writes to and closes standard output; valid. */
  PRINTS(BrokenMethods.Prints.class),
  /** Reads data it does not ask for. */
  READS_UNDECLARED_DATA(BrokenMethods.ReadsUndeclaredData.class),
  /** Localizes nothing. */
  LOCALIZES_NOTHING(BrokenMethods.LocalizesNothing.class),
  /** Edits while it is to localize only. */
  EDITS_WHILE_LOCALIZING(BrokenMethods.EditsWhileLocalizing.class),
  /** Its descriptor and its record differ. */
  WRONG_DESCRIPTOR(BrokenMethods.WrongDescriptor.class),
  /** Its descriptor is no JSON. */
  GARBLED_DESCRIPTOR(BrokenMethods.EditsNothing.class),
  /** It has no descriptor. */
  NO_DESCRIPTOR(BrokenMethods.EditsNothing.class),
  /** It lists no extension. */
  NO_EXTENSION(BrokenMethods.EditsNothing.class),
  /** It needs a protocol that does not exist yet. */
  NEEDS_ANOTHER_PROTOCOL(BrokenMethods.EditsNothing.class);

  private final Class<? extends MitigationMethod<?>> method;

  BrokenPlugin(Class<? extends MitigationMethod<?>> method) {
    this.method = method;
  }

  /** Returns its id as a plugin. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns its class. */
  public Class<? extends MitigationMethod<?>> method() {
    return method;
  }

  /** Returns the JSON of its descriptor. */
  public String descriptor() {
    String parameter = this == WRONG_DESCRIPTOR ? "weakness" : "strength";
    return this == GARBLED_DESCRIPTOR
        ? "{ \"name\": "
        : """
        {
          "name": "%s",
          "family": "unlearning",
          "edits": "weights",
          "summary": "Misbehaves on purpose.",
          "paper": {
            "title": "None", "authors": "Nobody", "year": 2024,
            "url": "https://example.org", "section": "none"
          },
          "needs": ["forget-set"],
          "hyperparameters": {
            "%s": {
              "type": "real", "min": 0, "max": 1, "default": 0.5,
              "affects": "edit", "description": "does nothing"
            }
          },
          "grids": { "math": { "%s": [0.25, 0.5] } }
        }
        """
            .formatted(id(), parameter, parameter);
  }

  /** Builds its jar in the folder and returns the jar. */
  public Path jar(Path folder) {
    PluginJarBuilder builder =
        new PluginJarBuilder(id(), method).classes(BrokenMethods.class).descriptor(descriptor());
    return switch (this) {
      case NO_DESCRIPTOR -> builder.withoutDescriptor().build(folder);
      case NO_EXTENSION -> builder.withoutExtension().build(folder);
      case NEEDS_ANOTHER_PROTOCOL -> builder.requires("^99.0.0").build(folder);
      case THROWS,
          HANGS,
          HANGS_STUBBORNLY,
          RETURNS_NAN,
          EXITS,
          CRASHES,
          EXHAUSTS_MEMORY,
          EDITS_NOTHING,
          CLOSES_WEIGHTS,
          PRINTS,
          READS_UNDECLARED_DATA,
          LOCALIZES_NOTHING,
          EDITS_WHILE_LOCALIZING,
          WRONG_DESCRIPTOR,
          GARBLED_DESCRIPTOR ->
          builder.build(folder);
    };
  }
}
