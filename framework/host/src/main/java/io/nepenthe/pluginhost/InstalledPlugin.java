package io.nepenthe.pluginhost;

import io.nepenthe.plugin.MethodDescriptor;
import java.nio.file.Path;

/**
 * A plugin jar the judge knows, without having loaded a class of it.
 *
 * @param id the manifest's Plugin-Id
 * @param version the manifest's Plugin-Version
 * @param jar where it lies
 * @param sha256 hash of the jar
 * @param descriptor what the method says of itself
 */
public record InstalledPlugin(
    String id, String version, Path jar, String sha256, MethodDescriptor descriptor) {}
