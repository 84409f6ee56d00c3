/** Checks a plugin jar before anybody runs it: named rules, each with what to do. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.plugincheck;
