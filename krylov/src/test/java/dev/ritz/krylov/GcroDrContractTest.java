package dev.ritz.krylov;

import dev.ritz.api.StoppingCriteria;
import dev.ritz.testdata.contract.SolverContract;

class GcroDrContractTest implements SolverContract<GcroDr.Workspace> {

    @Override
    public GcroDr solver(StoppingCriteria criteria) {
        return new GcroDr(criteria, 30, 10, false);
    }

    @Override
    public Needs needs() {
        return Needs.GENERAL;
    }

    @Override
    public int memoryVectors(int n) {
        int m = Math.max(1, Math.min(30, n));
        return m + Math.min(10, m - 1) + 4;
    }
}
