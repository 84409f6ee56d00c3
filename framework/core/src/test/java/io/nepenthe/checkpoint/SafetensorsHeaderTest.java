package io.nepenthe.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers by hand, before 24 bytes of data. In them, quotes are single ones. */
final class SafetensorsHeaderTest {
  private static final String A = "'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}";
  private static final String B = "'b':{'dtype':'F32','shape':[4],'data_offsets':[8,24]}";

  private static Map<String, StoredTensor> read(String header) throws IOException {
    return SafetensorsHeader.read(header.replace('\'', '"').getBytes(StandardCharsets.UTF_8), 24);
  }

  @Test
  void everyByteBelongsToOneTensorInWhateverOrder() throws IOException {
    assertEquals(List.of("b", "a"), List.copyOf(read("{" + B + "," + A + "}   ").keySet()));
    StoredTensor b = read("{" + A + "," + B + "}").get("b");
    assertEquals(new StoredTensor("F32", List.of(4L), 8, 24), b);
    assertEquals(4, b.size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'__metadata__':{'format':'pt'}",
        "'__metadata__':{}",
        "'__metadata__':null",
        "'none':{'dtype':'F32','shape':[0,5],'data_offsets':[8,8]}",
        "'none':{'dtype':'F4','shape':[0],'data_offsets':[24,24],'further':{'x':[1]}}"
      })
  void whatTakesNoBytesMayBeThere(String further) throws IOException {
    assertTrue(read("{" + A + "," + further + "," + B + "}").containsKey("b"));
  }

  /** Four bits each, so two a byte. */
  @Test
  void valuesMayBeSmallerThanAByte() throws IOException {
    String nibbles = "'n':{'dtype':'F4','shape':[32],'data_offsets':[8,24]}";
    assertEquals(32, read("{" + A + "," + nibbles + "}").get("n").size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'a':{'dtype':'F32','shape':[4],'data_offsets':[8,24]} | names a twice
          'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]} | names a twice
          'b':{'dtype':'F32','shape':[5],'data_offsets':[4,24]} | overlaps
          'b':{'dtype':'F32','shape':[2],'data_offsets':[0,8]} | overlaps
          'b':{'dtype':'F32','shape':[3],'data_offsets':[12,24]} | follows a hole
          'b':{'dtype':'F32','shape':[3],'data_offsets':[8,20]} | no tensor has its last 4 bytes
          'b':{'dtype':'F32','shape':[5],'data_offsets':[8,28]} | is cut off: there are 24
          'b':{'dtype':'F32','shape':[4],'data_offsets':[24,8]} | follows a hole
          'b':{'dtype':'F32','shape':[3],'data_offsets':[8,24]} | does not fit
          'b':{'dtype':'F16','shape':[4],'data_offsets':[8,24]} | does not fit
          'b':{'dtype':'F6_E2M3','shape':[3],'data_offsets':[8,24]} | does not fit
          'b':{'dtype':'f32','shape':[4],'data_offsets':[8,24]} | does not fit its type f32
          'b':{'dtype':'','shape':[4],'data_offsets':[8,24]} | does not fit
          'b':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[8,24]} | does not fit
          'b':{'dtype':'F32','shape':[4611686018427387905],'data_offsets':[8,24]} | does not fit
          'b':{'dtype':'F32','shape':[4294967296,4294967296,0],'data_offsets':[8,8]} | does not fit
          'b':{'dtype':'F32','shape':[-4],'data_offsets':[8,24]} | no list of whole numbers
          'b':{'dtype':'F32','shape':[4.0],'data_offsets':[8,24]} | no list of whole numbers
          'b':{'dtype':'F32','shape':['4'],'data_offsets':[8,24]} | no list of whole numbers
          'b':{'dtype':'F32','shape':[true],'data_offsets':[8,24]} | no list of whole numbers
          'b':{'dtype':'F32','shape':4,'data_offsets':[8,24]} | no list of whole numbers
          'b':{'dtype':'F32','shape':[4],'data_offsets':[8.0,24]} | no list of whole numbers
          'b':{'dtype':'F32','shape':[4],'data_offsets':[8,99999999999999999999]} | no list of whole
          'b':{'dtype':'F32','shape':[4],'data_offsets':[8,24,24]} | has 3 data_offsets
          'b':{'dtype':'F32','shape':[4],'data_offsets':[8]} | has 1 data_offsets
          'b':{'dtype':'F32','shape':[4]} | must have dtype, shape and data_offsets
          'b':{'dtype':'F32','dtype':'F32','shape':[4],'data_offsets':[8,24]} | each once
          'b':{'shape':[4],'data_offsets':[8,24]} | must have dtype
          'b':{'dtype':1,'shape':[4],'data_offsets':[8,24]} | no text
          'b':null | no JSON object
          '__metadata__':{'step':1} | something other than text
          '__metadata__':[] | something other than text
          '__metadata__':{},'__metadata__':{} | names __metadata__ twice
          """)
  void whatTheFormatForbidsIsRefused(String second, String message) {
    String text = "{" + A + "," + second + "}";
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> read(text));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void dataWithoutTensorsAndTextAfterTheHeaderAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> read("{}"));
    assertThrows(IllegalArgumentException.class, () -> read("[]"));
    String whole = "{" + A + "," + B + "}";
    assertThrows(IllegalArgumentException.class, () -> read(whole + "{}"));
    assertThrows(JsonProcessingException.class, () -> read(whole + "x"));
    assertThrows(JsonProcessingException.class, () -> read(whole + "\0"));
    assertThrows(JsonProcessingException.class, () -> read("{" + A));
    byte[] noText = (whole.replace('\'', '"') + " ").getBytes(StandardCharsets.UTF_8);
    noText[noText.length - 1] = (byte) 0xff;
    assertThrows(CharacterCodingException.class, () -> SafetensorsHeader.read(noText, 24));
  }

  /** Jackson reads 20 million characters of a text unless told otherwise. */
  @Test
  void aLongTextAboutTheFileIsNoMistake() throws IOException {
    String card = "x".repeat(21_000_000);
    assertTrue(
        read("{'__metadata__':{'card':'" + card + "'}," + A + "," + B + "}").containsKey("a"));
  }
}
