package io.ristflow.service.interop;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Runs the class only where librist's tools are. {@code .ci/run} fails if it did not run. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(EnabledIfPeers.Condition.class)
@interface EnabledIfPeers {
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            List<String> missing = Peers.missing();
            if (missing.isEmpty()) return ConditionEvaluationResult.enabled("librist is here");
            String why = "NOT TESTED against librist: " + String.join(", ", missing) + " (.ci/peers fetches it)";
            System.err.println("### " + context.getDisplayName() + " " + why);
            return ConditionEvaluationResult.disabled(why);
        }
    }
}
