/** The rows of tasks: what they are made of, and which of them are judged. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.task;
