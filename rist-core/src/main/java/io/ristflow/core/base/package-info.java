/**
 * Arithmetic that every room needs: widening of wrapping counters, clock units, byte access. Imports nothing of ours, holds no
 * resources, throws only for a caller's mistake.
 */
package io.ristflow.core.base;
