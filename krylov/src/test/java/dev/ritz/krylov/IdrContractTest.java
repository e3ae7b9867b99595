package dev.ritz.krylov;

import dev.ritz.api.StoppingCriteria;
import dev.ritz.testdata.contract.SolverContract;

class IdrContractTest implements SolverContract<Idr.Workspace> {

    @Override
    public Idr solver(StoppingCriteria criteria) {
        return new Idr(criteria, 4, 0x1d25eedL);
    }

    @Override
    public Needs needs() {
        return Needs.GENERAL;
    }

    @Override
    public int memoryVectors(int n) {
        return 3 * Math.max(1, Math.min(4, n)) + 4;
    }
}
