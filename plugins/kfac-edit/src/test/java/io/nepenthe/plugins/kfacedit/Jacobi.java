package io.nepenthe.plugins.kfacedit;

/** Eigenvalues and eigenvectors of a symmetric matrix, by Jacobi's rotations. */
final class Jacobi {
  private static final int SWEEPS = 60;

  private final double[][] diagonal;
  private final double[][] vectors;

  Jacobi(double[][] symmetric) {
    int size = symmetric.length;
    diagonal = new double[size][];
    vectors = new double[size][size];
    for (int i = 0; i < size; i++) {
      diagonal[i] = symmetric[i].clone();
      vectors[i][i] = 1;
    }
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (int p = 0; p < size; p++) {
        for (int q = p + 1; q < size; q++) {
          rotate(p, q);
        }
      }
    }
  }

  private void rotate(int p, int q) {
    double off = diagonal[p][q];
    if (off == 0) {
      return;
    }
    double theta = (diagonal[q][q] - diagonal[p][p]) / (2 * off);
    double sign = theta < 0 ? -1 : 1;
    double tangent = sign / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
    double cosine = 1 / Math.sqrt(tangent * tangent + 1);
    double sine = tangent * cosine;
    for (int k = 0; k < diagonal.length; k++) {
      double x = diagonal[k][p];
      double y = diagonal[k][q];
      diagonal[k][p] = cosine * x - sine * y;
      diagonal[k][q] = sine * x + cosine * y;
    }
    for (int k = 0; k < diagonal.length; k++) {
      double x = diagonal[p][k];
      double y = diagonal[q][k];
      diagonal[p][k] = cosine * x - sine * y;
      diagonal[q][k] = sine * x + cosine * y;
      double u = vectors[k][p];
      double v = vectors[k][q];
      vectors[k][p] = cosine * u - sine * v;
      vectors[k][q] = sine * u + cosine * v;
    }
  }

  /** Returns an eigenvalue; rounding makes none negative that cannot be. */
  double value(int i) {
    return Math.max(0, diagonal[i][i]);
  }

  /** Returns the eigenvectors in columns, in the order of the values. */
  double[][] vectors() {
    return vectors;
  }
}
