package dev.ritz.krylov;

import dev.ritz.api.StoppingCriteria;
import dev.ritz.testdata.contract.SolverContract;

class CgContractTest implements SolverContract<Cg.Workspace> {

    @Override
    public Cg solver(StoppingCriteria criteria) {
        return new Cg(criteria);
    }

    @Override
    public Needs needs() {
        return Needs.SPD;
    }

    @Override
    public int memoryVectors(int n) {
        return 5;
    }
}
