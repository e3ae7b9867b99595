/** Model problems, and the contract suites every operator, preconditioner and solver has to pass. */
module dev.ritz.testdata {
    requires transitive dev.ritz.api;
    // for the contract suites only: whoever uses the model problems carries no test library
    requires static jdk.management;
    requires static org.assertj.core;
    requires static org.junit.jupiter.api;

    exports dev.ritz.testdata;
    exports dev.ritz.testdata.contract;
}
