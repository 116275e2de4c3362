package io.ristflow.service.admin;

import io.ristflow.service.runtime.Flows;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/version")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Version", description = "What is running.")
public class VersionResource {
    private final Flows flows;
    private final String name;
    private final String version;

    @Inject
    public VersionResource(Flows flows, @ConfigProperty(name = "quarkus.application.name") String name, @ConfigProperty(name = "quarkus.application.version") String version) {
        this.flows = flows;
        this.name = name;
        this.version = version;
    }

    @GET
    @Operation(operationId = "getVersion", summary = "What is running")
    public VersionView version() {
        Flows.Transport transport = flows.transport();
        return new VersionView(
                name, version, Runtime.version().toString(), System.getProperty("os.name") + " " + System.getProperty("os.version") + " " + System.getProperty("os.arch"),
                transport.nativeTransport() ? "native" : "portable", transport.reason() == null ? "" : transport.reason());
    }
}
