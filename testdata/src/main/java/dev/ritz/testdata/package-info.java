/**
 * Model problems and sequences of systems with exact specifications, the same on every machine: {@link
 * dev.ritz.testdata.Gallery} by name, the other classes one by one. Nothing here needs a test library.
 */
package dev.ritz.testdata;
