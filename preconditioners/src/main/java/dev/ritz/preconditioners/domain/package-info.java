/** Overlapping subdomains, each with a preconditioner of its own, and the direct solves that serve on small ones. */
package dev.ritz.preconditioners.domain;
