package io.nepenthe.files;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipNamesTest {
  @TempDir private Path folder;
  private Path zip;

  @BeforeEach
  void twoEntries() throws IOException {
    zip = folder.resolve("a.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("a"));
      out.write(new byte[500]);
      out.putNextEntry(new ZipEntry("b"));
      out.write(new byte[500]);
    }
  }

  private boolean areThoseListed(Set<String> listed, long most) throws IOException {
    return ZipNames.areThoseListed(zip, listed, most);
  }

  @Test
  void namesAreComparedBothWays() throws IOException {
    assertTrue(areThoseListed(Set.of("a", "b"), 1000));
    assertFalse(areThoseListed(Set.of("a"), 1000));
    assertFalse(areThoseListed(Set.of("a", "b", "c"), 1000));
    assertFalse(areThoseListed(Set.of("a", "B"), 1000));
  }

  @Test
  void entriesThatUnpackToMoreAreNot() throws IOException {
    assertFalse(areThoseListed(Set.of("a", "b"), 999));
    assertFalse(areThoseListed(Set.of("a", "b"), 0));
  }
}
