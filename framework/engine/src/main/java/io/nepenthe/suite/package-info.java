/** Suites: what to run, as YAML. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.suite;
