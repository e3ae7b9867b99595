package dev.ritz.testdata;

import dev.ritz.testdata.Problem.Parameter;
import java.util.List;

/** The parameters of a problem or a sequence, found by name. */
record ParameterList(String owner, List<Parameter> all) {

    Parameter get(String wanted) {
        return all.get(position(wanted));
    }

    /** The values in order: the defaults but for those changed. */
    double[] values(Parameter... changed) {
        double[] values = all.stream().mapToDouble(Parameter::value).toArray();
        for (Parameter p : changed) {
            values[position(p.name())] = p.value();
        }
        return values;
    }

    private int position(String wanted) {
        for (int k = 0; k < all.size(); k++) {
            if (all.get(k).name().equals(wanted)) {
                return k;
            }
        }
        List<String> known = all.stream().map(Parameter::name).toList();
        throw new IllegalArgumentException(owner + " has no parameter " + wanted
                + (known.isEmpty() ? "; it has none" : ", expected one of " + String.join(", ", known)));
    }
}
