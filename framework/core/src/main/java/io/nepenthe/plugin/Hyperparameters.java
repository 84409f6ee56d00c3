package io.nepenthe.plugin;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns a point of a grid into the record of hyper-parameters that a method takes. */
public final class Hyperparameters {
  private Hyperparameters() {}

  /**
   * Returns the record whose components have the values of the same names.
   *
   * @param type a record whose components are {@code double}, {@code int} or {@code long}
   * @throws IllegalArgumentException if the names differ, a value is not of its component's type,
   *     or the record refuses the values
   */
  public static <P extends Record> P bind(Class<P> type, Map<String, Number> point) {
    RecordComponent[] components = type.getRecordComponents();
    List<String> names = Arrays.stream(components).map(RecordComponent::getName).toList();
    if (!point.keySet().equals(Set.copyOf(names))) {
      throw new IllegalArgumentException(
          "the descriptor's hyper-parameters "
              + point.keySet()
              + " do not fit its record "
              + type.getSimpleName()
              + names);
    }
    Object[] values =
        Arrays.stream(components)
            .map(component -> converted(component, point.get(component.getName())))
            .toArray();
    return made(type, components, values);
  }

  private static Object converted(RecordComponent component, Number value) {
    Class<?> type = component.getType();
    if (type == double.class) {
      return value.doubleValue();
    }
    long whole = value.longValue();
    if (whole == value.doubleValue() && type == long.class) {
      return whole;
    }
    if (whole == value.doubleValue() && type == int.class && whole == (int) whole) {
      return (int) whole;
    }
    throw new IllegalArgumentException(
        component.getName() + " is " + value + ", its record takes " + type.getSimpleName());
  }

  private static <P extends Record> P made(
      Class<P> type, RecordComponent[] components, Object[] values) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<P> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          type.getSimpleName() + " refuses " + Arrays.toString(values) + ": " + e.getCause(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("cannot make " + type.getName(), e);
    }
  }
}
