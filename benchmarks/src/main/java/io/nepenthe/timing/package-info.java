/** JMH: times methods in fresh JVMs, and the hot code of the framework. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.timing;
