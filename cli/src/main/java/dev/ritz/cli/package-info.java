/** The program {@code ritz}: names to objects, progress, plots, exit codes and the default choice. */
package dev.ritz.cli;
