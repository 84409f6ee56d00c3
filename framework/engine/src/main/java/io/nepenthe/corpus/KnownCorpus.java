package io.nepenthe.corpus;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Corpora that can be downloaded. The data set no longer changes, so the size and hash of each of
 * its files are known: those of revision b08601e04326c79dfdd32d625aee71d232d685c3.
 */
public enum KnownCorpus {
  /** The corpus of the paper's language tasks. */
  WIKITEXT_103(
      "wikitext-103",
      new CorpusFile(
          "test-00000-of-00001.parquet",
          721_735,
          "abdfc9f83b1103b502924072460d4c92f277c9b49c313cef3e48cfcf7428e125"),
      new CorpusFile(
          "train-00000-of-00002.parquet",
          155_788_327,
          "c2ecca8c3250e79518e45d125f3a9a757d8014f6b2d8435c602be87c1f79ec3b"),
      new CorpusFile(
          "train-00001-of-00002.parquet",
          155_928_670,
          "720f2503551f33c25bb822aad74d699fee4d5331a7373d0c262f1bfb01354fcf"),
      new CorpusFile(
          "validation-00000-of-00001.parquet",
          655_106,
          "a586125adab06f115018c43507ac267ea70850ce6218cbb96e08bb3b4db0899b")),
  /** Its small sister, with the same validation and test texts. */
  WIKITEXT_2(
      "wikitext-2",
      new CorpusFile(
          "test-00000-of-00001.parquet",
          685_430,
          "e6b3913da714b63a60a571698b20ff15441fb015783ea1b5285f707d4f2f00a9"),
      new CorpusFile(
          "train-00000-of-00001.parquet",
          6_068_114,
          "dfc27e4360c639dc1fba1e403bfffd53af4a5c75d5363b5724d49bf12d07cce6"),
      new CorpusFile(
          "validation-00000-of-00001.parquet",
          617_738,
          "717de9a0c1c0b0b1dfdd8f1e6ad8a30ece618bbde81f5da8207277547d324215"));

  /** The data set that holds them, in the form that Hugging Face serves. */
  public static final String DATA_SET = "Salesforce/wikitext";

  private final String id;

  @SuppressWarnings("ImmutableEnumChecker") // List.of gives one that nobody can change
  private final List<CorpusFile> files;

  KnownCorpus(String id, CorpusFile... files) {
    this.id = id;
    this.files = List.of(files);
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
  public List<CorpusFile> files() {
    return files;
  }

  /** Returns about how many megabytes its files have. */
  public long megabytes() {
    return Math.round(files.stream().mapToLong(CorpusFile::bytes).sum() / 1e6);
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
