package io.ristflow.operator.validate;

import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.HashMap;
import java.util.Map;

/** Compiles rules ({@code x-kubernetes-validations}) as an API server does: {@code self} is the value that the rule stands at, integers are 64 bits wide. A rule that stands in several places is compiled once. */
final class CelRules {
    private final CelCompiler compiler = CelCompilerFactory.standardCelCompilerBuilder().setStandardMacros(CelStandardMacro.STANDARD_MACROS).addVar("self", SimpleType.DYN).build();
    private final CelRuntime runtime = CelRuntimeFactory.standardCelRuntimeBuilder().build();
    private final Map<String, CelRuntime.Program> compiled = new HashMap<>();

    /** One rule, compiled; may be asked by many threads at once. */
    record Rule(String message, CelRuntime.Program program) {
        /** @param self maps with texts as keys, lists, texts, longs, doubles and booleans */
        boolean holds(Object self) {
            try {
                return Boolean.TRUE.equals(program.eval(Map.of("self", self)));
            } catch (CelEvaluationException e) {
                // To an API server as well, what cannot be judged is refused.
                return false;
            }
        }
    }

    Rule compile(String text, String message) {
        return new Rule(message, compiled.computeIfAbsent(text, this::program));
    }

    private CelRuntime.Program program(String text) {
        try {
            return runtime.createProgram(compiler.compile(text).getAst());
        } catch (CelValidationException | CelEvaluationException e) {
            throw new IllegalStateException("the CRD's rule " + text + " is not CEL", e);
        }
    }
}
