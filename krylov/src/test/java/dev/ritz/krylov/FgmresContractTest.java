package dev.ritz.krylov;

import dev.ritz.api.StoppingCriteria;
import dev.ritz.testdata.contract.SolverContract;

class FgmresContractTest implements SolverContract<Fgmres.Workspace> {

    @Override
    public Fgmres solver(StoppingCriteria criteria) {
        return new Fgmres(criteria, 30);
    }

    @Override
    public Needs needs() {
        return Needs.GENERAL;
    }

    @Override
    public int memoryVectors(int n) {
        return 2 * Math.max(1, Math.min(30, n)) + 2;
    }
}
