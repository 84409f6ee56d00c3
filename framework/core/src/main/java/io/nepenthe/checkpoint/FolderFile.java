package io.nepenthe.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.nepenthe.files.WrongContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files of a model folder: whether they are there to be read, and JSON among them. */
final class FolderFile {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /** Jackson's words for a key that an object has already. */
  private static final Pattern TWICE = Pattern.compile("Duplicate field '(.*)'");

  private FolderFile() {}

  /** Returns true if a file is there; a name that leads to no file is refused with the reason. */
  static boolean isThere(Path file) {
    try {
      if (Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
        return true;
      }
      throw BadModel.of(file, "is no file; give a Hugging Face model folder");
    } catch (NoSuchFileException e) {
      if (Files.isSymbolicLink(file)) {
        throw BadModel.of(
            file,
            "is a link to " + target(file) + ", which is not there; download the model again");
      }
      return false;
    } catch (IOException e) {
      throw BadModel.unreadable(file, e);
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      throw BadModel.unreadable(link, e);
    }
  }

  /** Returns the JSON object of a file that is there. */
  static JsonNode json(Path file) {
    try {
      JsonNode json = JSON.readTree(file.toFile());
      if (json.isObject()) {
        return json;
      }
      throw BadModel.of(file, "holds no JSON object; save the model again");
    } catch (JsonProcessingException e) {
      throw BadModel.of(file, otherContent(file).orElse(mistake(e) + "; save the model again"), e);
    } catch (IOException e) {
      throw BadModel.unreadable(file, e);
    }
  }

  private static String mistake(JsonProcessingException e) {
    String line = e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
    Matcher twice = TWICE.matcher(e.getOriginalMessage());
    return (twice.matches() ? "says " + twice.group(1) + " twice" : "cannot be read as JSON")
        + line;
  }

  /** Returns what a file is, if it is of a kind that has no place in a model folder. */
  static Optional<String> otherContent(Path file) {
    try {
      return WrongContent.of(file);
    } catch (IOException e) {
      throw BadModel.unreadable(file, e);
    }
  }
}
