/**
 * What tests of plugins and of the engine share: a tiny trained model, the contract every method
 * keeps, plugins that misbehave on purpose, and a builder of plugin jars.
 */
@org.jspecify.annotations.NullMarked
package io.nepenthe.testkit;
