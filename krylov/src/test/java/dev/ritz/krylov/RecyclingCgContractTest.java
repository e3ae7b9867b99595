package dev.ritz.krylov;

import dev.ritz.api.StoppingCriteria;
import dev.ritz.testdata.contract.SolverContract;

class RecyclingCgContractTest implements SolverContract<RecyclingCg.Workspace> {

    @Override
    public RecyclingCg solver(StoppingCriteria criteria) {
        return new RecyclingCg(criteria, 4, 6);
    }

    @Override
    public Needs needs() {
        return Needs.SPD;
    }

    @Override
    public int memoryVectors(int n) {
        return 2 * Math.min(4, n) + 2 * Math.min(6, n) + 5;
    }
}
