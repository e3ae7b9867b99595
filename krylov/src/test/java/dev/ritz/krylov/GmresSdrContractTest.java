package dev.ritz.krylov;

import dev.ritz.api.StoppingCriteria;
import dev.ritz.testdata.contract.SolverContract;

class GmresSdrContractTest implements SolverContract<GmresSdr.Workspace> {

    @Override
    public GmresSdr solver(StoppingCriteria criteria) {
        return new GmresSdr(criteria, 30, 10, 2, 0x5d01);
    }

    @Override
    public Needs needs() {
        return Needs.GENERAL;
    }

    @Override
    public int memoryVectors(int n) {
        return Math.max(1, Math.min(30, n)) + 3;
    }
}
