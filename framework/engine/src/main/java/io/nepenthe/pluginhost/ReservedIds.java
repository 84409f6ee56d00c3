package io.nepenthe.pluginhost;

import io.nepenthe.plugin.Family;
import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The ids of the methods that ship with this program: the names of their folders, whether they are
 * built or not. A jar from elsewhere takes none of them, and says nothing of itself that makes it a
 * row to compare others with.
 */
public final class ReservedIds {
  private final Set<String> ids;

  private ReservedIds(Set<String> ids) {
    this.ids = ids;
  }

  /**
   * Returns the ids of the methods whose sources are in the folder; none if there is no folder.
   *
   * @throws NepentheException with IO if the folder cannot be read
   */
  public static ReservedIds of(Path folder) {
    if (!Files.isDirectory(folder)) {
      return new ReservedIds(Set.of());
    }
    try (Stream<Path> projects = Files.list(folder)) {
      Set<String> ids = new TreeSet<>();
      projects
          .filter(project -> Files.exists(project.resolve("pom.xml")))
          .forEach(project -> ids.add(project.getFileName().toString()));
      return new ReservedIds(ids);
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.IO, "cannot list plugins in " + folder + " (" + e + ")", e);
    }
  }

  /** Returns true if a method of that id ships with this program. */
  public boolean contains(String id) {
    return ids.contains(id);
  }

  /**
   * Does nothing if a stranger's plugin takes nothing that is reserved.
   *
   * @throws IllegalArgumentException with what is
   */
  public void requireFree(InstalledPlugin plugin) {
    if (contains(plugin.id())) {
      throw new IllegalArgumentException(
          "the id '"
              + plugin.id()
              + "' belongs to a method that ships with Nepenthe; give the plugin a Plugin-Id of"
              + " its own");
    }
    MethodDescriptor descriptor = plugin.descriptor();
    requireNot(descriptor.family() == Family.CONTROL, "family control");
    requireNot(descriptor.paperName() != null, "paperName");
    requireNot(descriptor.setsTimeLimit(), "setsTimeLimit");
  }

  private static void requireNot(boolean said, String what) {
    if (said) {
      throw new IllegalArgumentException(
          "its method.json says "
              + what
              + ", which only methods that ship with Nepenthe may say; leave it out, or choose"
              + " another");
    }
  }
}
