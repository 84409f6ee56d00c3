/** What runs plugin code, in a process of its own: one request, timed and counted. */
@org.jspecify.annotations.NullMarked
package io.nepenthe.host;
