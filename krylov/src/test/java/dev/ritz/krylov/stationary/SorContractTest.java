package dev.ritz.krylov.stationary;

import dev.ritz.api.StoppingCriteria;
import dev.ritz.testdata.contract.SolverContract;

class SorContractTest implements SolverContract<StationaryWorkspace> {

    @Override
    public Sor solver(StoppingCriteria criteria) {
        return new Sor(criteria, 1.1);
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
