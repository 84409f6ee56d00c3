package io.nepenthe.estimate;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Structure;

/**
 * What libtorch has taken from glibc in this process, in arrays of some size: each of these is a
 * mapping of its own, which glibc counts. Java's heap and what compilers take are none.
 */
final class NativeMemory {
  private static final int M_MMAP_THRESHOLD = -3;
  private static final int SMALLEST = 1 << 16;

  private final NativeLibrary libc = NativeLibrary.getInstance("c");
  private final Function mallinfo = libc.getFunction("mallinfo2");
  private final long before;
  private long peak;

  /** The numbers of mallinfo2(3). */
  @Structure.FieldOrder({
    "arena",
    "ordblks",
    "smblks",
    "hblks",
    "hblkhd",
    "usmblks",
    "fsmblks",
    "uordblks",
    "fordblks",
    "keepcost"
  })
  public static final class Mallinfo extends Structure implements Structure.ByValue {
    public long arena;
    public long ordblks;
    public long smblks;
    public long hblks;
    public long hblkhd;
    public long usmblks;
    public long fsmblks;
    public long uordblks;
    public long fordblks;
    public long keepcost;
  }

  /** Begins to look. From then on, such arrays are mappings of their own to the process's end. */
  NativeMemory() {
    libc.getFunction("mallopt").invokeInt(new Object[] {M_MMAP_THRESHOLD, SMALLEST});
    before = mapped();
  }

  /** Returns whether this machine's C library can tell. */
  static boolean canTell() {
    try {
      NativeLibrary.getInstance("c").getFunction("mallinfo2");
      return true;
    } catch (UnsatisfiedLinkError e) {
      return false;
    }
  }

  private long mapped() {
    return ((Mallinfo) mallinfo.invoke(Mallinfo.class, new Object[0])).hblkhd;
  }

  /** Looks how much there is now. */
  void look() {
    peak = Math.max(peak, mapped());
  }

  /** Returns the most bytes that were seen, beside those at the beginning. */
  long peak() {
    return peak - before;
  }
}
