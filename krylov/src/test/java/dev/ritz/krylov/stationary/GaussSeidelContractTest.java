package dev.ritz.krylov.stationary;

import dev.ritz.api.StoppingCriteria;
import dev.ritz.testdata.contract.SolverContract;

class GaussSeidelContractTest implements SolverContract<StationaryWorkspace> {

    @Override
    public GaussSeidel solver(StoppingCriteria criteria) {
        return new GaussSeidel(criteria);
    }

    @Override
    public Needs needs() {
        return Needs.DIAGONALLY_DOMINANT;
    }

    @Override
    public int memoryVectors(int n) {
        return 4;
    }

    @Override
    public boolean needsEntries() {
        return true;
    }

    @Override
    public boolean preconditioned() {
        return false;
    }
}
