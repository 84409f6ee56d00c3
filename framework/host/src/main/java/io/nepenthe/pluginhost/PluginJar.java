package io.nepenthe.pluginhost;

import io.nepenthe.files.ZipNames;
import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.protocol.ContentHash;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A plugin jar as it lies there: a file of others, of which no class is loaded, and no part is read
 * that is larger than a plugin's can be.
 */
public final class PluginJar {
  /** Path of the list of a jar's extensions, one class a line. */
  public static final String EXTENSIONS = "META-INF/extensions.idx";

  private static final String MARK =
      "mark the method's class with @Extension, and compile with PF4J's annotation processor";
  private static final long MOST_BYTES = 64L << 20;
  private static final long MOST_UNPACKED_BYTES = 128L << 20;
  private static final int MOST_ENTRIES = 10_000;
  private static final int LONGEST_TEXT = 256 << 10;

  /** Magic number, and the minor and the major version of a class file. */
  private static final int HEAD_BYTES = 8;

  private static final int CLASS_MAGIC = 0xCAFEBABE;

  /** Where the major version is. */
  private static final int CLASS_VERSION = 6;

  /** The version of Java's first class files, less one. */
  private static final int FIRST_JAVA = 44;

  private final Path path;
  private final Map<String, ZipEntry> entries;
  private final Map<String, byte[]> texts = new LinkedHashMap<>();

  /** The first bytes of the classes that it offers. */
  private final Map<String, ByteBuffer> heads = new LinkedHashMap<>();

  private PluginJar(Path path) throws IOException {
    this.path = path;
    if (!Files.isRegularFile(path)) {
      throw new IllegalArgumentException(
          Files.exists(path) ? "it is no file" : "it is not there, or is a broken link");
    }
    if (Files.size(path) > MOST_BYTES) {
      throw new IllegalArgumentException(
          "it is larger than " + (MOST_BYTES >> 20) + " MB: a plugin holds its own classes only");
    }
    try (ZipFile zip = new ZipFile(path.toFile())) {
      this.entries = Collections.unmodifiableMap(entries(zip));
      requireWhole(zip);
      requireOwnNames();
      for (String name : List.of(JarFile.MANIFEST_NAME, MethodDescriptor.RESOURCE, EXTENSIONS)) {
        ZipEntry entry = entries.get(name);
        if (entry != null) {
          texts.put(name, text(zip, entry));
        }
      }
      for (String listed : listed()) {
        ZipEntry entry = entries.get(file(listed));
        if (entry != null) {
          heads.put(listed, head(zip, entry));
        }
      }
    }
  }

  /**
   * Reads a jar's table of contents and the texts that say what is in it.
   *
   * @throws IllegalArgumentException with what is wrong, if the file is no jar or too large
   */
  public static PluginJar read(Path path) throws IOException {
    return new PluginJar(path);
  }

  private static Map<String, ZipEntry> entries(ZipFile zip) {
    if (zip.size() > MOST_ENTRIES) {
      throw new IllegalArgumentException("it has more than " + MOST_ENTRIES + " entries");
    }
    Map<String, ZipEntry> entries = new LinkedHashMap<>();
    Enumeration<? extends ZipEntry> all = zip.entries();
    while (all.hasMoreElements()) {
      ZipEntry entry = all.nextElement();
      if (entries.put(entry.getName(), entry) != null) {
        throw new IllegalArgumentException("it has the entry " + entry.getName() + " twice");
      }
    }
    return entries;
  }

  /** Neither this JVM's zip files nor its class loaders compare checksums. */
  private void requireWhole(ZipFile zip) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long all = 0;
    for (ZipEntry entry : entries.values()) {
      CRC32 checksum = new CRC32();
      try (InputStream in = zip.getInputStream(entry)) {
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          checksum.update(buffer, 0, read);
          all += read;
          if (all > MOST_UNPACKED_BYTES) {
            throw new IllegalArgumentException(
                "its entries are larger than " + (MOST_UNPACKED_BYTES >> 20) + " MB unpacked");
          }
        }
      }
      if (checksum.getValue() != entry.getCrc()) {
        throw new IllegalArgumentException(
            "its entry " + entry.getName() + " is damaged: copy or build the jar again");
      }
    }
  }

  private void requireOwnNames() throws IOException {
    if (!ZipNames.areThoseListed(path, entries.keySet(), MOST_UNPACKED_BYTES)) {
      throw new IllegalArgumentException(
          "its entries are not those of its table of contents: copy or build the jar again");
    }
  }

  /** What an entry says of its size is not believed. */
  private static byte[] text(ZipFile zip, ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] text = in.readNBytes(LONGEST_TEXT + 1);
      if (text.length > LONGEST_TEXT) {
        throw new IllegalArgumentException(
            "its " + entry.getName() + " is longer than " + LONGEST_TEXT + " bytes");
      }
      return text;
    }
  }

  private static ByteBuffer head(ZipFile zip, ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      return ByteBuffer.wrap(Arrays.copyOf(in.readNBytes(HEAD_BYTES), HEAD_BYTES));
    }
  }

  private static String file(String className) {
    return className.replace('.', '/') + ".class";
  }

  private List<String> listed() {
    String text = new String(texts.getOrDefault(EXTENSIONS, new byte[0]), StandardCharsets.UTF_8);
    return text.lines()
        .map(line -> line.replaceFirst("#.*", "").strip())
        .filter(name -> !name.isEmpty())
        .toList();
  }

  private byte[] text(String name, String missing) {
    byte[] text = texts.get(name);
    if (text == null) {
      throw new IllegalArgumentException(missing);
    }
    return text;
  }

  /** Returns where it lies. */
  public Path path() {
    return path;
  }

  /** Returns its entries by name, in the order of the file. */
  public Map<String, ZipEntry> entries() {
    return entries;
  }

  /**
   * Returns what the manifest says.
   *
   * @throws IllegalArgumentException if there is none
   */
  public PluginManifest manifest() throws IOException {
    return PluginManifest.of(attributes());
  }

  /** Returns any main attribute of the manifest. */
  public Optional<String> attribute(String name) throws IOException {
    return Optional.ofNullable(attributes().getValue(name));
  }

  private Attributes attributes() throws IOException {
    byte[] text = text(JarFile.MANIFEST_NAME, "it has no manifest");
    return new Manifest(new ByteArrayInputStream(text)).getMainAttributes();
  }

  /**
   * Returns what the method says of itself.
   *
   * @throws IllegalArgumentException if it says nothing, or something wrong
   */
  public MethodDescriptor descriptor() {
    return MethodDescriptor.read(
        text(MethodDescriptor.RESOURCE, "it has no " + MethodDescriptor.RESOURCE));
  }

  /**
   * Returns the names of the classes that the jar offers; all are in it.
   *
   * @throws IllegalArgumentException if there is none, one is not in the jar, or one is for a later
   *     Java than this
   */
  public List<String> extensions() {
    text(EXTENSIONS, "it has no " + EXTENSIONS + "; " + MARK);
    List<String> classes = listed();
    if (classes.isEmpty()) {
      throw new IllegalArgumentException("its " + EXTENSIONS + " lists no class; " + MARK);
    }
    for (String name : classes) {
      if (!entries.containsKey(file(name))) {
        throw new IllegalArgumentException(
            "its " + EXTENSIONS + " lists " + name + ", and there is no such class in the jar");
      }
      ByteBuffer head = heads.get(name);
      int java = head.getShort(CLASS_VERSION) - FIRST_JAVA;
      if (head.getInt(0) == CLASS_MAGIC && java > Runtime.version().feature()) {
        throw new IllegalArgumentException(
            "it is built for Java "
                + java
                + ", and this is Java "
                + Runtime.version().feature()
                + "; compile it with --release 17");
      }
    }
    return classes;
  }

  /**
   * Returns the plugin that it is.
   *
   * @throws IllegalArgumentException with what is wrong, if it cannot be used
   */
  public InstalledPlugin plugin() throws IOException {
    PluginManifest manifest = manifest();
    manifest.requireIdentity();
    manifest.requireApi();
    manifest.requireProtocol();
    MethodDescriptor descriptor = descriptor();
    extensions();
    return new InstalledPlugin(
        String.valueOf(manifest.id()),
        String.valueOf(manifest.version()),
        path.toAbsolutePath(),
        ContentHash.ofFile(path),
        descriptor);
  }
}
