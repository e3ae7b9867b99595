package dev.ritz.krylov;

import dev.ritz.api.StoppingCriteria;
import dev.ritz.testdata.contract.SolverContract;

class FlexibleCgContractTest implements SolverContract<FlexibleCg.Workspace> {

    @Override
    public FlexibleCg solver(StoppingCriteria criteria) {
        return new FlexibleCg(criteria, 2);
    }

    @Override
    public Needs needs() {
        return Needs.SPD;
    }

    @Override
    public int memoryVectors(int n) {
        return 2 * Math.max(1, Math.min(2, n)) + 3;
    }
}
