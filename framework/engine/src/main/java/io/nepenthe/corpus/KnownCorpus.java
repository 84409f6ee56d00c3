package io.nepenthe.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Corpora that can be downloaded. */
public enum KnownCorpus {
  /** The corpus of the paper's language tasks. */
  WIKITEXT_103("wikitext-103", 2, 313),
  /** Its small sister, with the same validation and test texts. */
  WIKITEXT_2("wikitext-2", 1, 7);

  /** The data set that holds them, in the form that Hugging Face serves. */
  public static final String DATA_SET = "Salesforce/wikitext";

  private final String id;
  private final int trainFiles;
  private final int megabytes;

  KnownCorpus(String id, int trainFiles, int megabytes) {
    this.id = id;
    this.trainFiles = trainFiles;
    this.megabytes = megabytes;
  }

  /** Returns the corpus of a name, if it is known. */
  public static Optional<KnownCorpus> find(String id) {
    return Stream.of(values()).filter(corpus -> corpus.id.equals(id)).findFirst();
  }

  /** Returns its name. */
  public String id() {
    return id;
  }

  /** Returns the folder of its files in {@link #DATA_SET}: words split, rare ones replaced. */
  public String configuration() {
    return id + "-v1";
  }

  /** Returns its files. */
  public List<String> files() {
    List<String> files = new ArrayList<>();
    files.add("test-00000-of-00001.parquet");
    for (int i = 0; i < trainFiles; i++) {
      files.add(String.format("train-%05d-of-%05d.parquet", i, trainFiles));
    }
    files.add("validation-00000-of-00001.parquet");
    return files;
  }

  /** Returns about how many megabytes its files have. */
  public int megabytes() {
    return megabytes;
  }

  /** Returns what it is, in a sentence. */
  public String description() {
    return "Good and featured articles of the English Wikipedia (Merity et al., 2016).";
  }

  /** Returns the words of its licence. */
  public String licence() {
    return "CC BY-SA 3.0 and GFDL";
  }
}
