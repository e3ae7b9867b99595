/**
 * Vector kernels and the worker pool they run on. Reductions go over blocks of fixed size combined in fixed order, so
 * results have the same bits for any number of threads.
 */
package dev.ritz.api.kernel;
