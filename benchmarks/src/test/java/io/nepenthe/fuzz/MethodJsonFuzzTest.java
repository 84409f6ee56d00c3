package io.nepenthe.fuzz;

import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Descriptors of plugins. */
class MethodJsonFuzzTest extends ParserProperties {
  @Override
  List<byte[]> whole() throws IOException {
    List<byte[]> whole = new ArrayList<>();
    for (String plugin : List.of("zero", "greedy", "loss-truncation", "no-mitigation")) {
      whole.add(
          Files.readAllBytes(
              Path.of("../plugins", plugin, "src/main/resources", MethodDescriptor.RESOURCE)));
    }
    return whole;
  }

  @Override
  List<String> words() {
    return List.of("\"integer\"", "\"real\"", "\"edit\"", "\"control\"", "\"in-training\"");
  }

  @Override
  Set<ErrorCode> mistakes() {
    return Set.of(ErrorCode.PLUGIN_REJECTED);
  }

  @Override
  void read(byte[] file, Path place) {
    try {
      MethodDescriptor descriptor = MethodDescriptor.read(file);
      descriptor.grids().keySet().forEach(descriptor::gridSize);
      Said.inJson(withoutMark(file), descriptor);
    } catch (IllegalArgumentException e) { // the catalog's words
      throw new NepentheException(ErrorCode.PLUGIN_REJECTED, String.valueOf(e.getMessage()), e);
    }
  }

  /** A byte order mark is no content. */
  private static byte[] withoutMark(byte[] file) {
    String text = new String(file, StandardCharsets.UTF_8);
    return (text.startsWith("\uFEFF") ? text.substring(1) : text).getBytes(StandardCharsets.UTF_8);
  }
}
