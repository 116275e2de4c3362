package io.ristflow.operator.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * An API server (from 1.25 on) refuses a CRD with a rule that could cost more than 10,000,000 in all the places where it may stand, or with rules that together could cost 100,000,000. None that does so is at hand where this is
 * built, so the cost is reckoned here by the same factors and with every size taken too large: each list as the longest of the spec, each text as the longest that a request can hold.
 */
class RuleCostTest {
    private static final long LIMIT_OF_A_RULE = 10_000_000;
    private static final long LIMIT_OF_ALL = 100_000_000;
    private static final double LONGEST_LIST = 64;
    private static final double LONGEST_TEXT = 3 << 20;
    private static final double PER_CHARACTER = 0.1;
    private static final double PER_REGEX_CHARACTER = 0.25;
    /** A call, with what two short texts cost to compare. */
    private static final double PER_CALL = 10;
    private static final CelCompiler CEL = CelCompilerFactory.standardCelCompilerBuilder().setStandardMacros(CelStandardMacro.STANDARD_MACROS).addVar("self", SimpleType.DYN).build();

    @Test
    void everyRuleCostsLessThanAnApiServerAllows() throws Exception {
        List<Double> costs = new ArrayList<>();
        walk("", CrdFile.schema(CrdFile.tree()), 1, costs);
        assertThat(costs).hasSizeGreaterThan(60).allSatisfy(cost -> assertThat(cost).isLessThan(LIMIT_OF_A_RULE));
        assertThat(costs.stream().mapToDouble(Double::doubleValue).sum()).isLessThan(LIMIT_OF_ALL);
    }

    @Test
    void ruleThatLooksAtEachPairIsReckonedDear() throws Exception {
        String pairs = "self.outputs.all(a, self.outputs.all(b, a.rist.paths.all(p, b.rist.paths.all(q, p.listen.port != q.listen.port))))";
        assertThat(cost(CEL.compile(pairs).getAst().getExpr())).isGreaterThan(LIMIT_OF_A_RULE);
    }

    private static void walk(String path, JsonNode schema, double places, List<Double> costs) throws Exception {
        for (JsonNode rule : schema.path("x-kubernetes-validations")) costs.add(places * cost(CEL.compile(rule.get("rule").asText()).getAst().getExpr()));
        for (Iterator<Map.Entry<String, JsonNode>> fields = schema.path("properties").fields(); fields.hasNext();) {
            Map.Entry<String, JsonNode> field = fields.next();
            walk(path + "." + field.getKey(), field.getValue(), places, costs);
        }
        if (schema.has("items")) walk(path + "[]", schema.get("items"), places * schema.get("maxItems").asInt(), costs);
    }

    private static double cost(CelExpr expr) {
        return switch (expr.exprKind().getKind()) {
            case SELECT -> 1 + cost(expr.select().operand());
            case LIST -> 10 + expr.list().elements().stream().mapToDouble(RuleCostTest::cost).sum();
            case COMPREHENSION -> cost(expr.comprehension().iterRange()) + cost(expr.comprehension().accuInit()) + cost(expr.comprehension().result())
                    + LONGEST_LIST * (cost(expr.comprehension().loopCondition()) + cost(expr.comprehension().loopStep()));
            case CALL -> {
                double parts = expr.call().target().map(RuleCostTest::cost).orElse(0.0) + expr.call().args().stream().mapToDouble(RuleCostTest::cost).sum();
                if (!expr.call().function().equals("matches")) yield PER_CALL + parts;
                String regex = expr.call().args().getFirst().constant().stringValue();
                // Of metadata.name an API server knows no bound; of our own texts it does.
                double text = expr.call().target().orElseThrow().exprKind().getKind() == CelExpr.ExprKind.Kind.IDENT ? 2048 : LONGEST_TEXT;
                yield parts + Math.ceil(text * PER_CHARACTER) * Math.ceil(regex.length() * PER_REGEX_CHARACTER);
            }
            default -> 1;
        };
    }
}
