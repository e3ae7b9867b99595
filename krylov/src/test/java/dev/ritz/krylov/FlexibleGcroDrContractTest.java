package dev.ritz.krylov;

import dev.ritz.api.StoppingCriteria;
import dev.ritz.testdata.contract.SolverContract;

class FlexibleGcroDrContractTest implements SolverContract<GcroDr.Workspace> {

    @Override
    public GcroDr solver(StoppingCriteria criteria) {
        return new GcroDr(criteria, 30, 10, true);
    }

    @Override
    public Needs needs() {
        return Needs.GENERAL;
    }

    @Override
    public int memoryVectors(int n) {
        int m = Math.max(1, Math.min(30, n));
        return 2 * m + Math.min(10, m - 1) + 3;
    }
}
