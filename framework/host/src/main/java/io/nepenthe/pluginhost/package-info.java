/** Plugin jars: read without loading classes (judge), loaded (workers). */
@org.jspecify.annotations.NullMarked
package io.nepenthe.pluginhost;
