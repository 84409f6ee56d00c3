package io.nepenthe.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the header of a safetensors file as strictly as the format's own library: every byte of the
 * data belongs to one tensor, and to one only. A name given twice is refused, where that takes the
 * last.
 */
final class SafetensorsHeader {
  private static final String METADATA = "__metadata__";

  /** The size of the header bounds all of it. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final JsonParser in;
  private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();

  private SafetensorsHeader(JsonParser in) {
    this.in = in;
  }

  /**
   * Returns the tensors by name, in the header's order.
   *
   * @param dataBytes bytes of the file after the header
   * @throws IllegalArgumentException saying what is wrong with it
   * @throws IOException if it is no JSON in UTF-8
   */
  static Map<String, StoredTensor> read(byte[] text, long dataBytes) throws IOException {
    try (Reader characters =
            new InputStreamReader(
                new ByteArrayInputStream(text), StandardCharsets.UTF_8.newDecoder());
        JsonParser in = JSON.createParser(characters)) {
      SafetensorsHeader header = new SafetensorsHeader(in);
      header.readAll();
      header.requireWhole(dataBytes);
      return header.tensors;
    }
  }

  private void readAll() throws IOException {
    require(in.nextToken() == JsonToken.START_OBJECT, "its header is no JSON object");
    Set<String> names = new HashSet<>();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      require(names.add(name), "its header names " + name + " twice");
      in.nextToken();
      if (METADATA.equals(name)) {
        passMetadata();
      } else {
        tensors.put(name, tensor(name));
      }
    }
    require(in.nextToken() == null, "its header has more than one JSON object");
  }

  private void passMetadata() throws IOException {
    if (in.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    boolean isTexts = in.currentToken() == JsonToken.START_OBJECT;
    while (isTexts && in.nextToken() == JsonToken.FIELD_NAME) {
      isTexts = in.nextToken() == JsonToken.VALUE_STRING;
    }
    require(isTexts, METADATA + " of its header holds something other than text by name");
  }

  private StoredTensor tensor(String name) throws IOException {
    require(in.currentToken() == JsonToken.START_OBJECT, "tensor " + name + " is no JSON object");
    List<String> types = new ArrayList<>();
    List<List<Long>> shapes = new ArrayList<>();
    List<List<Long>> offsets = new ArrayList<>();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String field = in.currentName();
      JsonToken value = in.nextToken();
      switch (field) {
        case "dtype" -> {
          require(
              value == JsonToken.VALUE_STRING, "tensor " + name + " has a dtype that is no text");
          types.add(in.getText());
        }
        case "shape" -> shapes.add(wholeNumbers(name, field));
        case "data_offsets" -> offsets.add(wholeNumbers(name, field));
        default -> in.skipChildren();
      }
    }
    require(
        types.size() == 1 && shapes.size() == 1 && offsets.size() == 1,
        "tensor " + name + " must have dtype, shape and data_offsets, each once");
    List<Long> range = offsets.get(0);
    require(range.size() == 2, "tensor " + name + " has " + range.size() + " data_offsets, not 2");
    return new StoredTensor(types.get(0), shapes.get(0), range.get(0), range.get(1));
  }

  private List<Long> wholeNumbers(String name, String field) throws IOException {
    List<Long> numbers = new ArrayList<>();
    boolean isWhole = in.currentToken() == JsonToken.START_ARRAY;
    while (isWhole && in.nextToken() != JsonToken.END_ARRAY) {
      isWhole =
          in.currentToken() == JsonToken.VALUE_NUMBER_INT
              && in.getNumberType() != JsonParser.NumberType.BIG_INTEGER
              && !in.getText().startsWith("-");
      if (isWhole) {
        numbers.add(in.getLongValue());
      }
    }
    require(isWhole, "tensor " + name + " has a " + field + " that is no list of whole numbers");
    return numbers;
  }

  private void requireWhole(long dataBytes) {
    List<Map.Entry<String, StoredTensor>> inOrder = new ArrayList<>(tensors.entrySet());
    inOrder.sort(
        Map.Entry.comparingByValue(
            Comparator.comparingLong(StoredTensor::from).thenComparingLong(StoredTensor::to)));
    long end = 0;
    for (Map.Entry<String, StoredTensor> each : inOrder) {
      StoredTensor tensor = each.getValue();
      String what = "tensor " + each.getKey() + " of bytes " + tensor.from() + " to " + tensor.to();
      require(tensor.from() <= end, what + " follows a hole: no tensor has the bytes before it");
      require(tensor.from() == end, what + " overlaps the tensor before it");
      require(
          tensor.fits(),
          what + " does not fit its type " + tensor.type() + " and shape " + tensor.shape());
      require(tensor.to() <= dataBytes, what + " is cut off: there are " + dataBytes);
      end = tensor.to();
    }
    require(end == dataBytes, "no tensor has its last " + (dataBytes - end) + " bytes");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
