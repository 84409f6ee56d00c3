/**
 * Units of a plan on a Spark cluster: the driver that hands them out and collects what they leave,
 * and the task that runs one as a process. It sees Spark's class path, and none of the engine's.
 */
@NullMarked
package io.nepenthe.spark;

import org.jspecify.annotations.NullMarked;
