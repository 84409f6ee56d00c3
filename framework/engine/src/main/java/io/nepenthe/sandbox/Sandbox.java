package io.nepenthe.sandbox;

import java.util.List;

/** A tool of the system that keeps a process from what it has no business with. */
public interface Sandbox {
  /** No tool: the process may do what its user may. */
  Sandbox NONE =
      new Sandbox() {
        @Override
        public String name() {
          return "none";
        }

        @Override
        public List<String> command(List<String> program, Room room) {
          return List.copyOf(program);
        }
      };

  /** Returns its name, as results record it. */
  String name();

  /** Returns the command that runs a program in a room; standard streams are passed through. */
  List<String> command(List<String> program, Room room);

  /** Returns a command that ends all that was started in a room; empty if its process does. */
  default List<String> ending(Room room) {
    return List.of();
  }
}
