package io.nepenthe.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tensors of an architecture, in model order, and where each lies in one flat vector. */
public final class ParameterLayout {
  private final List<TensorSpec> tensors;
  private final Map<String, Integer> indexByName;
  private final long[] sizes;

  private ParameterLayout(List<TensorSpec> tensors) {
    this.tensors = List.copyOf(tensors);
    this.indexByName = new LinkedHashMap<>();
    for (TensorSpec tensor : tensors) {
      indexByName.put(tensor.name(), indexByName.size());
    }
    this.sizes = tensors.stream().mapToLong(TensorSpec::size).toArray();
  }

  /** Returns the tensors in model order. */
  public List<TensorSpec> tensors() {
    return tensors;
  }

  /** Returns the tensor of that name. */
  public TensorSpec tensor(String name) {
    return tensors.get(index(name));
  }

  /** Returns the position of a tensor in model order. */
  public int index(String name) {
    Integer index = indexByName.get(name);
    if (index == null) {
      throw new IllegalArgumentException(
          "the model has no tensor '" + name + "'; it has " + indexByName.keySet());
    }
    return index;
  }

  /** Returns the tensor that holds the parameter of an index in model order. */
  public TensorSpec at(long parameter) {
    return tensors.stream()
        .filter(tensor -> parameter < tensor.offset() + tensor.size())
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("parameter " + parameter + " of " + size()));
  }

  /** Returns the number of parameters. */
  public long size() {
    TensorSpec last = tensors.get(tensors.size() - 1);
    return last.offset() + last.size();
  }

  long[] sizes() {
    return sizes.clone();
  }

  /** Collects tensors in model order. */
  public static final class Builder {
    private final List<TensorSpec> tensors = new ArrayList<>();
    private long offset;

    /** Adds a tensor behind those before. */
    public Builder add(String name, long... shape) {
      List<Long> dimensions = new ArrayList<>();
      for (long dimension : shape) {
        dimensions.add(dimension);
      }
      TensorSpec tensor = new TensorSpec(name, dimensions, offset);
      tensors.add(tensor);
      offset += tensor.size();
      return this;
    }

    /** Adds the matrix of a linear map, and its bias if it has one. */
    public Builder add(LinearMap map, long outputs, long inputs) {
      if (map.inputsFirst()) {
        add(map.weight(), inputs, outputs);
      } else {
        add(map.weight(), outputs, inputs);
      }
      return map.bias() == null ? this : add(map.bias(), outputs);
    }

    /** Returns the layout. */
    public ParameterLayout build() {
      return new ParameterLayout(tensors);
    }
  }
}
