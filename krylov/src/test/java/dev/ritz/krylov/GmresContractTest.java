package dev.ritz.krylov;

import dev.ritz.api.StoppingCriteria;
import dev.ritz.testdata.contract.SolverContract;

class GmresContractTest implements SolverContract<Gmres.Workspace> {

    @Override
    public Gmres solver(StoppingCriteria criteria) {
        return new Gmres(criteria, 30);
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
