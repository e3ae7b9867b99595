package dev.ritz.krylov;

import dev.ritz.api.StoppingCriteria;
import dev.ritz.testdata.contract.SolverContract;

class MinresContractTest implements SolverContract<Minres.Workspace> {

    @Override
    public Minres solver(StoppingCriteria criteria) {
        return new Minres(criteria);
    }

    @Override
    public Needs needs() {
        return Needs.SYMMETRIC;
    }

    @Override
    public int memoryVectors(int n) {
        return 9;
    }
}
