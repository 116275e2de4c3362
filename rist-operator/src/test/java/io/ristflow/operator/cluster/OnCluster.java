package io.ristflow.operator.cluster;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Runs the class on the real cluster, the operator installed, with a {@link Flows}, a {@link Cluster} or an {@link Installation} as parameters of its methods. Without a cluster the class is skipped,
 * or fails where {@code CI} is set, unless {@code RIST_CLUSTER} is {@code none}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OnCluster.Extension.class)
@interface OnCluster {
    final class Extension implements ExecutionCondition, BeforeAllCallback, ParameterResolver {
        private static final Namespace STORE = Namespace.create(OnCluster.class);

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            List<String> missing = Cluster.missing();
            if (missing.isEmpty()) return ConditionEvaluationResult.enabled("there is a cluster");
            String why = "NOT TESTED on a cluster: " + String.join(", ", missing);
            if (System.getenv("CI") != null && !"none".equals(System.getenv("RIST_CLUSTER"))) throw new IllegalStateException(why);
            System.err.println("### " + context.getDisplayName() + " " + why);
            return ConditionEvaluationResult.disabled(why);
        }

        @Override
        public void beforeAll(ExtensionContext context) {
            ExtensionContext.Store run = context.getRoot().getStore(STORE);
            Cluster cluster = run.computeIfAbsent(Cluster.class, key -> new Cluster(), Cluster.class);
            Flows flows = new Flows(cluster, context.getRequiredTestClass().getSimpleName());
            context.getStore(STORE).put(Flows.class, flows);
            run.computeIfAbsent(Installation.class, key -> Installation.install(cluster), Installation.class);
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return List.of(Flows.class, Cluster.class, Installation.class).contains(parameter.getParameter().getType());
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            Class<?> type = parameter.getParameter().getType();
            return context.getStore(STORE).get(type);
        }
    }
}
