package io.nepenthe.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript class like that in {@code ops.py}, packed into an archive in memory.
 *
 * <p>DJL exposes a part of ATen only; a TorchScript module reaches every operator without Python
 * and with autograd. The archive is an uncompressed zip with the source, an empty constant table
 * and a pickled object without state.
 */
public final class Script {
  private static final String PICKLED_EMPTY_TUPLE = "\u0080\u0002).";
  private static final String PICKLED_OBJECT =
      "\u0080\u0002c__torch__\nOps\n)\u0081}X\u0008\u0000\u0000\u0000training\u0088sb.";

  private final PtNDManager manager;
  private final PtSymbolBlock module;
  private final Map<String, NDArray> methodMarkers = new ConcurrentHashMap<>();
  private final Map<Double, NDArray> constants = new ConcurrentHashMap<>();

  private Script(PtNDManager manager, PtSymbolBlock module) {
    this.manager = manager;
    this.module = module;
  }

  /** Loads a class that a resource beside another class holds; it is kept for ever. */
  public static Script of(Class<?> beside, String resource) {
    try (InputStream source = beside.getResourceAsStream(resource)) {
      byte[] archive = archive(source.readAllBytes());
      PtNDManager manager = (PtNDManager) NDManager.newBaseManager();
      return new Script(
          manager, JniUtils.loadModule(manager, new ByteArrayInputStream(archive), false, false));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource + " from the class path", e);
    }
  }

  /** Calls a method of tensors only; differentiable. */
  NDArray differentiable(String method, NDArray... inputs) {
    NDList list = new NDList(inputs);
    list.add(methodMarkers.computeIfAbsent(method, this::marker));
    return IValueUtils.forward(module, list, true).singletonOrThrow();
  }

  /**
   * Returns a number as a scalar on the CPU, for methods that are given tensors only; kept, so for
   * the few numbers of a configuration.
   */
  NDArray constant(double value) {
    return constants.computeIfAbsent(value, this::scalar);
  }

  private NDArray scalar(double value) {
    NDArray scalar = manager.full(new Shape(), (float) value, DataType.FLOAT32);
    NDScope.unregister(scalar);
    return scalar;
  }

  /** Calls a method outside autograd; arguments are NDArray, NDList, String, Double or Long. */
  NDArray call(String method, PtNDManager owner, Object... arguments) {
    return call(method, result -> result.toTensor(owner), arguments);
  }

  /**
   * Calls a method outside autograd.
   *
   * @param first its first argument; the result belongs to its manager
   * @param further others, NDArray, NDList, Double or Long
   */
  public NDArray run(String method, NDArray first, Object... further) {
    return call(method, (PtNDManager) first.getManager(), with(first, further));
  }

  /** Calls a method that returns several tensors, as {@link #run} does. */
  NDList runList(String method, NDArray first, Object... further) {
    PtNDManager owner = (PtNDManager) first.getManager();
    return call(method, result -> result.toNDList(owner), with(first, further));
  }

  private static Object[] with(NDArray first, Object... further) {
    Object[] arguments = new Object[further.length + 1];
    arguments[0] = first;
    System.arraycopy(further, 0, arguments, 1, further.length);
    return arguments;
  }

  private <T> T call(String method, Function<IValue, T> read, Object... arguments) {
    IValue[] values = new IValue[arguments.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(arguments[i]);
    }
    try (IValue result = IValueUtils.runMethod(module, method, values)) {
      return read.apply(result);
    } finally {
      for (IValue value : values) {
        value.close();
      }
    }
  }

  /** Calls a method of one tensor that answers yes or no. */
  boolean asks(String method, PtNDArray x) {
    try (IValue argument = IValue.from(x);
        IValue result = IValueUtils.runMethod(module, method, argument)) {
      return result.toBoolean();
    }
  }

  private static IValue value(Object argument) {
    if (argument instanceof PtNDArray array) {
      return IValue.from(array);
    }
    if (argument instanceof NDList list) {
      return IValue.listFrom(list.stream().map(PtNDArray.class::cast).toArray(PtNDArray[]::new));
    }
    if (argument instanceof String text) {
      return IValue.from(text);
    }
    return argument instanceof Double real
        ? IValue.from(real.doubleValue())
        : IValue.from(((Long) argument).longValue());
  }

  /** DJL chooses the method by the name of a further input, which is not passed on. */
  private NDArray marker(String method) {
    NDArray marker = manager.zeros(new Shape());
    marker.setName("module_method:" + method);
    NDScope.unregister(marker);
    return marker;
  }

  private static byte[] archive(byte[] source) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      store(zip, "ops/version", "10\n".getBytes(StandardCharsets.ISO_8859_1));
      store(zip, "ops/code/__torch__.py", source);
      store(zip, "ops/constants.pkl", PICKLED_EMPTY_TUPLE.getBytes(StandardCharsets.ISO_8859_1));
      store(zip, "ops/data.pkl", PICKLED_OBJECT.getBytes(StandardCharsets.ISO_8859_1));
    }
    return bytes.toByteArray();
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCompressedSize(content.length);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
