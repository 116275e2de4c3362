package io.ristflow.operator;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/**
 * Live: the keeper is at work, whether there is an API server or not. Ready: it sees the cluster as it is now, whether it leads or stands by; {@code trouble} says why not, {@code leading} whether it is the one
 * that acts.
 */
@ApplicationScoped
public class Health {
    private static final String NAME = "keeper";

    @Produces
    @Startup
    HealthCheck started(Keeper keeper) {
        return () -> HealthCheckResponse.named(NAME).status(keeper.alive()).build();
    }

    @Produces
    @Liveness
    HealthCheck live(Keeper keeper) {
        return () -> HealthCheckResponse.named(NAME).status(keeper.alive()).build();
    }

    @Produces
    @Readiness
    HealthCheck ready(Keeper keeper) {
        return () -> {
            Optional<String> trouble = keeper.trouble();
            HealthCheckResponseBuilder response = HealthCheckResponse.named(NAME).withData("leading", keeper.leading());
            trouble.ifPresent(why -> response.withData("trouble", why));
            return response.status(trouble.isEmpty()).build();
        };
    }
}
