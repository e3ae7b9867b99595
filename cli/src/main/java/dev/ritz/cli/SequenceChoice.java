package dev.ritz.cli;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterativeSolver;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.krylov.Cg;
import dev.ritz.krylov.Configuration;
import dev.ritz.krylov.GcroDr;
import dev.ritz.krylov.Gmres;
import dev.ritz.krylov.GmresSdr;
import dev.ritz.krylov.RecyclingCg;
import dev.ritz.krylov.RecyclingSolver;
import dev.ritz.preconditioners.Identity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The configurations a sequence is to be solved with. Where the user names a method, that one; otherwise a short list for
 * the class of the first matrix, among which the session chooses by what they cost.
 */
final class SequenceChoice {
    private SequenceChoice() {}

    static List<Configuration> configurations(SequenceRequest request, CsrMatrix first) throws CommandException {
        List<Configuration> all = request.method() == null && request.preconditioner() == null
                ? SequenceArms.of(request.criteria(), first)
                : request.tune() == null ? List.of(named(request, first)) : arms(request, first);
        List<Configuration> wanted = new ArrayList<>();
        for (Configuration c : all) {
            boolean recycles = c.method() instanceof RecyclingSolver<?>;
            switch (request.recycle()) {
                case AUTO -> wanted.add(c);
                case ON -> {
                    if (recycles) {
                        wanted.add(c);
                    }
                }
                case OFF -> wanted.add(recycles ? without(c) : c);
            }
        }
        if (wanted.isEmpty()) {
            throw CommandException.usage("--recycle on: " + all.get(0).method().name()
                    + " does not recycle, expected -m gcrodr, -m gmressdr or -m rcg, or no -m");
        }
        return distinct(wanted);
    }

    /** A configuration for each value of the setting that is tuned. */
    private static List<Configuration> arms(SequenceRequest request, CsrMatrix first) throws CommandException {
        TuneGrid grid = request.tune().grid();
        boolean inner = grid.key().startsWith("p.");
        String key = inner ? grid.key().substring(2) : grid.key();
        List<Configuration> arms = new ArrayList<>();
        for (String value : grid.values()) {
            Map<String, String> forMethod = new LinkedHashMap<>(request.methodSettings());
            Map<String, String> forPreconditioner = new LinkedHashMap<>(request.preconditionerSettings());
            (inner ? forPreconditioner : forMethod).put(key, value);
            Configuration arm;
            try {
                arm = named(request, first, forMethod, forPreconditioner);
            } catch (CommandException e) {
                throw new CommandException(
                        e.code(), e.word(), "--tune " + grid.label(value) + ": " + e.getMessage(), e);
            }
            arms.add(arm.withName(arm.name() + ", " + grid.label(value)));
        }
        return arms;
    }

    private static Configuration named(SequenceRequest request, CsrMatrix first) throws CommandException {
        return named(request, first, request.methodSettings(), request.preconditionerSettings());
    }

    private static Configuration named(
            SequenceRequest request,
            CsrMatrix first,
            Map<String, String> methodSettings,
            Map<String, String> preconditionerSettings)
            throws CommandException {
        String preconditioner = request.preconditioner() == null ? "none" : request.preconditioner();
        if (request.method() != null) {
            Configuration c =
                    configuration(request, request.method(), methodSettings, preconditioner, preconditionerSettings);
            Preconditioner.Kind kind = kind(c, first);
            if (kind != null && !c.method().accepts().admits(kind)) {
                throw CommandException.usage(c.name() + ": " + request.method() + " takes a preconditioner of kind "
                        + c.method().accepts() + ", that of the first matrix is " + kind + "; see ritz methods");
            }
            return c;
        }
        boolean recycles = request.recycle() == SequenceRequest.Recycle.ON;
        if (MatrixTraits.of(first).maybePositiveDefinite()) {
            Configuration c = configuration(
                    request, recycles ? "rcg" : "cg", methodSettings, preconditioner, preconditionerSettings);
            Preconditioner.Kind kind = kind(c, first);
            if (kind == null || c.method().accepts().admits(kind)) {
                return c;
            }
        }
        return configuration(
                request, recycles ? "gcrodr" : "gmres", methodSettings, preconditioner, preconditionerSettings);
    }

    /** Of what kind the preconditioner of the first matrix is; null where that cannot be built, as the session will say. */
    private static Preconditioner.Kind kind(Configuration c, CsrMatrix first) {
        try {
            return c.preconditioner().build(first).kind();
        } catch (RuntimeException e) {
            return null;
        }
    }

    private static Configuration configuration(
            SequenceRequest request,
            String method,
            Map<String, String> methodSettings,
            String preconditioner,
            Map<String, String> preconditionerSettings)
            throws CommandException {
        Method entry = MethodTable.named(method);
        IterativeSolver<?> solver = entry.make(request.criteria(), entry.settings(methodSettings));
        PreconditionerEntry.Made made =
                PreconditionerTable.named(preconditioner).make(preconditionerSettings);
        PreconditionerFactory factory = made.factory() == null ? new Identity() : made.factory();
        return new Configuration(method + " with " + made.name(), solver, factory);
    }

    /** The same configurations with methods that do not recycle. */
    static List<Configuration> withoutRecycling(List<Configuration> configurations) {
        return distinct(configurations.stream().map(SequenceChoice::without).toList());
    }

    /** The same configuration with the method that does not recycle. */
    private static Configuration without(Configuration c) {
        IterativeSolver<?> plain = c.method();
        String name = c.name();
        if (plain instanceof GcroDr g && !g.flexible()) {
            plain = new Gmres(g.criteria(), g.maxSubspace());
            name = name.replace("gcrodr", "gmres");
        } else if (plain instanceof GmresSdr g) {
            plain = new Gmres(g.criteria(), g.maxSubspace());
            name = name.replace("gmressdr", "gmres");
        } else if (plain instanceof RecyclingCg g) {
            plain = new Cg(g.criteria());
            name = name.replace("rcg", "cg");
        }
        return new Configuration(name, plain, c.preconditioner());
    }

    private static List<Configuration> distinct(List<Configuration> list) {
        List<Configuration> distinct = new ArrayList<>();
        for (Configuration c : list) {
            if (distinct.stream().noneMatch(d -> d.name().equals(c.name()))) {
                distinct.add(c);
            }
        }
        return distinct;
    }
}
