package io.nepenthe.model;

import ai.djl.ndarray.NDArray;
import io.nepenthe.tensor.Ops;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The activation function of an MLP, with its Hugging Face names; the first one is written. All are
 * 0 at 0.
 */
@SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
public enum Activation {
  /** max(x, 0), TinyMem's. */
  RELU("relu") {
    @Override
    public NDArray apply(NDArray x) {
      return Ops.relu(x);
    }
  },
  /** GELU by the error function, Pythia's. */
  GELU("gelu", "gelu_python") {
    @Override
    public NDArray apply(NDArray x) {
      return Ops.gelu(x);
    }
  },
  /** GELU by tanh, OpenAI's GPT-2. */
  GELU_TANH("gelu_new", "gelu_pytorch_tanh", "gelu_python_tanh", "gelu_fast", "gelu_accurate") {
    @Override
    public NDArray apply(NDArray x) {
      return Ops.geluTanh(x);
    }
  },
  /** x sigmoid(1.702 x), an approximation of GELU. */
  QUICK_GELU("quick_gelu") {
    @Override
    public NDArray apply(NDArray x) {
      return Ops.quickGelu(x);
    }
  },
  /** x sigmoid(x), Llama's gate. */
  SILU("silu", "swish") {
    @Override
    public NDArray apply(NDArray x) {
      return Ops.silu(x);
    }
  },
  /** max(x, 0)^2. */
  SQUARED_RELU("relu2") {
    @Override
    public NDArray apply(NDArray x) {
      return Ops.squaredRelu(x);
    }
  };

  private final List<String> names;

  Activation(String... names) {
    this.names = List.of(names);
  }

  /** Returns f(x). */
  public abstract NDArray apply(NDArray x);

  /** Returns the Hugging Face name. */
  public String id() {
    return names.get(0);
  }

  /** Returns every Hugging Face name. */
  public static List<String> names() {
    return Arrays.stream(values()).flatMap(activation -> activation.names.stream()).toList();
  }

  /** Returns the activation of a Hugging Face name. */
  public static Optional<Activation> find(String name) {
    return Arrays.stream(values()).filter(activation -> activation.names.contains(name)).findAny();
  }
}
