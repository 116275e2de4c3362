package io.ristflow.service.admin;

import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * Prometheus' text, or OpenMetrics for who accepts it, where both look by themselves.
 *
 * <p>Quarkus' own endpoint (the same content, at {@code /q/metrics}) answers 406 to {@code Accept: application/openmetrics-text;version=1.0.0} as its route wants the charset spelt out.
 */
@Path("/metrics")
@Blocking
public class MetricsResource {
    private final PrometheusMeterRegistry registry;

    @Inject
    public MetricsResource(PrometheusMeterRegistry registry) {
        this.registry = registry;
    }

    @GET
    @Operation(hidden = true)
    public Response metrics(@HeaderParam(HttpHeaders.ACCEPT) String accept) {
        String type = TextFormat.chooseContentType(accept);
        return Response.ok(registry.scrape(type)).header(HttpHeaders.CONTENT_TYPE, type).build();
    }
}
