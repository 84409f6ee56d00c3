package io.nepenthe.spark;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A unit of work, as a line of {@code units.jsonl} describes it.
 *
 * @param index its number in the plan
 * @param label what it is, for people
 * @param originals file names of the base measurements of its models
 * @param checkpoint name of the folder of the checkpoint that it makes for others; empty for none
 * @param after the units that it stands on
 */
record PlannedUnit(
    int index, String label, List<String> originals, String checkpoint, List<Integer> after)
    implements Serializable {
  PlannedUnit {
    originals = List.copyOf(originals);
    after = List.copyOf(after);
  }

  static PlannedUnit of(JsonNode line) {
    long seed = line.path("seed").asLong();
    String task = line.path("task").asText();
    String method = line.path("method").asText("");
    List<Integer> after = new ArrayList<>();
    line.path("after").forEach(each -> after.add(each.asInt()));
    return new PlannedUnit(
        line.path("index").asInt(-1),
        task + " seed " + seed + (method.isEmpty() ? "" : " " + method),
        Stream.concat(Stream.of(task), texts(line.path("alsoOf")))
            .map(id -> id + "_s" + seed + ".json")
            .toList(),
        line.path("checkpoint").asText(""),
        after);
  }

  private static Stream<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.asText()));
    return texts.stream();
  }
}
