package io.nepenthe.plugins.spectralnorm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import io.nepenthe.model.ParameterLayout;
import io.nepenthe.model.Parameters;
import java.util.List;

/**
 * One weight matrix of every block, cut into pieces of equal shape. In shapes, L = blocks, c =
 * pieces of a matrix, P = L*c pieces of (m, n).
 */
final class Pieces {
  private final List<String> matrices;
  private final long rows;
  private final long columns;
  private final long rowCuts;
  private final long columnCuts;

  private Pieces(ParameterLayout layout, List<String> matrices, long rowCuts, long columnCuts) {
    long[] shape = layout.tensor(matrices.get(0)).dimensions();
    this.matrices = matrices;
    this.rows = shape[0] / rowCuts;
    this.columns = shape[1] / columnCuts;
    this.rowCuts = rowCuts;
    this.columnCuts = columnCuts;
  }

  /** Returns the matrices as they are. */
  static Pieces whole(ParameterLayout layout, List<String> matrices) {
    return new Pieces(layout, matrices, 1, 1);
  }

  /** Returns {@code count} pieces of each matrix, every one with a share of its inputs. */
  static Pieces cutByInput(ParameterLayout layout, List<String> matrices, int count) {
    return new Pieces(layout, matrices, count, 1);
  }

  /** Returns {@code count} pieces of each matrix, every one with a share of its outputs. */
  static Pieces cutByOutput(ParameterLayout layout, List<String> matrices, int count) {
    return new Pieces(layout, matrices, 1, count);
  }

  /** Returns P. */
  long count() {
    return matrices.size() * rowCuts * columnCuts;
  }

  /** Returns P*m, how many numbers it takes to have a left vector for each piece. */
  long leftVectorEntries() {
    return count() * rows;
  }

  /** Returns all pieces, (P, m, n), differentiable as the parameters are. */
  NDArray of(Parameters parameters) {
    NDList all = new NDList();
    matrices.forEach(name -> all.add(parameters.get(name)));
    return NDArrays.stack(all)
        .reshape(-1, rows, columnCuts, columns) // (L, c*m, n) or (L, m, c*n) -> (., m, ., n)
        .transpose(0, 2, 1, 3)
        .reshape(count(), rows, columns); // -> (P, m, n)
  }
}
