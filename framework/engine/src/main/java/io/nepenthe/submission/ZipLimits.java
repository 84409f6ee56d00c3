package io.nepenthe.submission;

/**
 * How much an archive of somebody else may hold, so that none fills a disk or the memory.
 *
 * @param archiveBytes size of the archive
 * @param entries how many files
 * @param entryBytes size of one file, unpacked
 * @param totalBytes size of all files, unpacked
 * @param ratio how many times its packed size a file may have, if it is larger than {@code
 *     ratioFrom}
 * @param ratioFrom bytes
 */
record ZipLimits(
    long archiveBytes, int entries, long entryBytes, long totalBytes, int ratio, long ratioFrom) {
  private static final long MIB = 1 << 20;

  /** A run of a hundred thousand trials is within them. */
  static final ZipLimits USUAL =
      new ZipLimits(512 * MIB, 200_000, 64 * MIB, 2048 * MIB, 200, 1 << 16);
}
