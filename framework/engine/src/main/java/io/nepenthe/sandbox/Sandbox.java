package io.nepenthe.sandbox;

import java.util.List;

/** A tool of the system that starts a program so that it reaches no more than it is given. */
public interface Sandbox {
  /** No tool: the program may do what its user may. */
  Sandbox NONE =
      new Sandbox() {
        @Override
        public String name() {
          return "none";
        }

        @Override
        public boolean contains() {
          return false;
        }

        @Override
        public List<String> command(List<String> program, Reach reach) {
          return List.copyOf(program);
        }
      };

  /** Returns its name and version, as results record them: "bubblewrap 0.8.0". */
  String name();

  /** Returns true if it keeps anything from the program. */
  default boolean contains() {
    return true;
  }

  /**
   * Returns the same, which lets a program and all that it starts hold no more memory than that,
   * where the judge cannot count it; else this one.
   */
  default Sandbox within(long bytes) {
    return this;
  }

  /**
   * Returns the command that starts a program. Standard streams, environment and exit code are the
   * program's. To end the process that runs the command ends all that the program started, at once
   * or within a second.
   */
  List<String> command(List<String> program, Reach reach);
}
