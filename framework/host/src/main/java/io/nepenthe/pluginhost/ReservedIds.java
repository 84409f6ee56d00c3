package io.nepenthe.pluginhost;

import io.nepenthe.plugin.Family;
import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The ids of the methods that ship with this program, whether they are built or not: those it was
 * built with, and the names of the folders of sources where there are any. A jar from elsewhere
 * takes none of them, and says nothing of itself that makes it a row to compare others with.
 */
public final class ReservedIds {
  /** The list of the methods' modules, whose names are their ids. */
  private static final String LIST = "shipped/pom.xml";

  private static final Pattern MODULE = Pattern.compile("<module>([a-z0-9-]+)</module>");

  private final Set<String> ids;

  private ReservedIds(Set<String> ids) {
    this.ids = ids;
  }

  /** Returns those that this program was built with. */
  public static ReservedIds shipped() {
    return new ReservedIds(listed());
  }

  private static Set<String> listed() {
    try (InputStream in = ReservedIds.class.getResourceAsStream(LIST)) {
      String list = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Set<String> ids = new TreeSet<>();
      MODULE.matcher(list).results().forEach(module -> ids.add(module.group(1)));
      return ids;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns them, and those of the methods whose sources are in the folder.
   *
   * @throws NepentheException with IO if the folder cannot be read
   */
  public static ReservedIds of(Path folder) {
    Set<String> ids = listed();
    if (!Files.isDirectory(folder)) {
      return new ReservedIds(ids);
    }
    try (Stream<Path> projects = Files.list(folder)) {
      projects
          .filter(project -> Files.exists(project.resolve("pom.xml")))
          .forEach(project -> ids.add(project.getFileName().toString()));
      return new ReservedIds(ids);
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.IO, "cannot list plugins in " + folder + " (" + e + ")", e);
    }
  }

  /** Returns all of them, sorted. */
  public Set<String> all() {
    return Collections.unmodifiableSet(ids);
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
