package io.nepenthe.plugins.spectralnorm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.LinearMap;
import io.nepenthe.model.Parameters;
import java.util.List;

/**
 * One linear map of every block, its matrix cut into pieces of equal shape. In shapes, L = blocks,
 * c = pieces of a matrix, P = L*c pieces of (m, n).
 */
final class Pieces {
  private final List<String> matrices;
  private final long rows;
  private final long columns;
  private final long rowCuts;
  private final long columnCuts;

  private Pieces(LanguageModel model, List<LinearMap> maps, long inputCuts, long outputCuts) {
    boolean inputsFirst = maps.get(0).inputsFirst();
    this.matrices = maps.stream().map(LinearMap::weight).toList();
    this.rowCuts = inputsFirst ? inputCuts : outputCuts;
    this.columnCuts = inputsFirst ? outputCuts : inputCuts;
    long[] shape = model.layout().tensor(matrices.get(0)).dimensions();
    this.rows = shape[0] / rowCuts;
    this.columns = shape[1] / columnCuts;
  }

  /** Returns the matrices as they are. */
  static Pieces whole(LanguageModel model, List<LinearMap> maps) {
    return new Pieces(model, maps, 1, 1);
  }

  /** Returns {@code count} pieces of each matrix, every one with a share of its inputs. */
  static Pieces cutByInput(LanguageModel model, List<LinearMap> maps, int count) {
    return new Pieces(model, maps, count, 1);
  }

  /** Returns {@code count} pieces of each matrix, every one with a share of its outputs. */
  static Pieces cutByOutput(LanguageModel model, List<LinearMap> maps, int count) {
    return new Pieces(model, maps, 1, count);
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
