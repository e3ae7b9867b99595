/**
 * Contract suites: what every operator, preconditioner and solver has to stand. A test class of an implementation
 * extends the suite of its kind, answers a few questions about itself and inherits the tests. The suites need JUnit and
 * AssertJ; the rest of this module does not.
 */
package dev.ritz.testdata.contract;
