package io.nepenthe.corpus;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.task.TextEncoding;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Tokenizes a text by several threads, and hands out the ids in the order of the text. Blocks of
 * rows are in work or waiting, never more than two per thread, so that memory stays constant.
 */
final class ParallelTokenizer implements AutoCloseable {
  private static final int BLOCK_CHARACTERS = 1 << 17;

  private final TextEncoding tokenizer;
  private final int most;
  private final ExecutorService threads;

  /** Receives ids. */
  @FunctionalInterface
  interface IdSink {
    /**
     * Takes the ids of the next rows.
     *
     * @param bytesRead how much of {@link Text#bytes} they end
     */
    void accept(int[] ids, long bytesRead) throws IOException;
  }

  private record Block(Future<int[]> ids, long bytesRead) {}

  ParallelTokenizer(TextEncoding tokenizer, int threads) {
    this.tokenizer = tokenizer;
    this.most = 2 * threads;
    this.threads =
        Executors.newFixedThreadPool(
            threads,
            work -> {
              Thread thread = new Thread(work, "tokenizer");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Hands out the ids of all rows, by the calling thread. */
  void tokenize(Text text, IdSink sink) throws IOException {
    Queue<Block> blocks = new ArrayDeque<>();
    List<String> rows = new ArrayList<>();
    long[] state = {0, 0}; // characters in rows, bytes read
    text.forEach(
        (row, bytesRead) -> {
          rows.add(row);
          state[0] += row.length();
          state[1] = bytesRead;
          if (state[0] >= BLOCK_CHARACTERS) {
            blocks.add(started(rows, bytesRead));
            rows.clear();
            state[0] = 0;
          }
          while (blocks.size() >= most) {
            finish(blocks.remove(), sink);
          }
        });
    blocks.add(started(rows, state[1]));
    while (!blocks.isEmpty()) {
      finish(blocks.remove(), sink);
    }
  }

  private Block started(List<String> rows, long bytesRead) {
    List<String> block = List.copyOf(rows);
    return new Block(threads.submit(() -> ids(block)), bytesRead);
  }

  private int[] ids(List<String> rows) {
    return rows.stream().map(tokenizer::encode).flatMapToInt(Arrays::stream).toArray();
  }

  private static void finish(Block block, IdSink sink) throws IOException {
    try {
      sink.accept(block.ids().get(), block.bytesRead());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NepentheException(ErrorCode.INTERRUPTED, "interrupted while tokenizing", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IllegalArgumentException unfit) {
        throw BadData.of(
            "the text up to byte "
                + block.bytesRead()
                + " cannot be tokenized: "
                + unfit.getMessage()
                + ". Break it by blanks.",
            unfit);
      }
      throw new IllegalStateException("cannot tokenize", e.getCause());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
