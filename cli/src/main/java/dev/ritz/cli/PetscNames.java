package dev.ritz.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Names that users of PETSc have in their fingers, as keys of {@code --set}: those that mean one option here. They are
 * replaced by it before the command line is read, so that ranges, doubles and misspelt values are found as usual.
 */
final class PetscNames {
    private static final Map<String, String> OPTIONS = Map.of(
            "ksp_type", "-m",
            "pc_type", "-p",
            "ksp_rtol", "--rtol",
            "ksp_atol", "--atol",
            "ksp_max_it", "--max-iterations");

    private static final Map<String, String> SETTINGS = Map.of("ksp_gmres_restart", "restart");

    /** Values of the two types that are called otherwise here; the others keep their name. */
    private static final Map<String, String> VALUES = Map.of(
            "ksp_type=bcgs", "bicgstab",
            "pc_type=ilu", "ilu0",
            "pc_type=icc", "ic0",
            "pc_type=composite", "additive",
            "pc_type=ksp", "innersolver");

    private PetscNames() {}

    /** The words of a command line with {@code --set} of a PETSc name replaced by the option it stands for. */
    static String[] replaced(String[] words) {
        List<String> out = new ArrayList<>();
        for (int k = 0; k < words.length; k++) {
            if (words[k].startsWith("--set=")) {
                add(out, words[k].substring("--set=".length()));
            } else if (words[k].equals("--set") && k + 1 < words.length) {
                add(out, words[++k]);
            } else {
                out.add(words[k]);
            }
        }
        return out.toArray(String[]::new);
    }

    private static void add(List<String> out, String set) {
        int equals = set.indexOf('=');
        String key = equals < 0 ? set : set.substring(0, equals);
        String value = set.substring(equals + 1);
        String option = equals < 0 ? null : OPTIONS.get(key);
        if (option != null) {
            out.add(option);
            out.add(VALUES.getOrDefault(set, value));
        } else {
            out.add("--set");
            out.add(equals < 0 ? set : SETTINGS.getOrDefault(key, key) + "=" + value);
        }
    }
}
