/** The command line: systems from files, with progress, plots and reports. */
module dev.ritz.cli {
    requires com.fasterxml.jackson.core;
    requires dev.ritz.api;
    requires dev.ritz.basis;
    requires dev.ritz.krylov;
    requires dev.ritz.learned;
    requires dev.ritz.preconditioners;
    requires dev.ritz.testdata;
    requires info.picocli;
    requires java.desktop;
    requires me.tongfei.progressbar;
    requires VectorGraphics2D;
    requires xchart;

    // picocli fills the annotated fields
    opens dev.ritz.cli to
            info.picocli;
}
