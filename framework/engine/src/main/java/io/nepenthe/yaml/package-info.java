/** YAML, read strictly. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.yaml;
