package dev.ritz.krylov;

import dev.ritz.api.StoppingCriteria;
import dev.ritz.testdata.contract.SolverContract;

class BiCgStabContractTest implements SolverContract<BiCgStab.Workspace> {

    @Override
    public BiCgStab solver(StoppingCriteria criteria) {
        return new BiCgStab(criteria);
    }

    @Override
    public Needs needs() {
        return Needs.GENERAL;
    }

    @Override
    public int memoryVectors(int n) {
        return 8;
    }
}
