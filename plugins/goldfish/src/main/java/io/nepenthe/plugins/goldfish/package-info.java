/** Goldfish loss: tokens that training never asks for. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.plugins.goldfish;
