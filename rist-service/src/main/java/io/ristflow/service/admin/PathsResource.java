package io.ristflow.service.admin;

import io.ristflow.core.config.ConfigException;
import io.ristflow.service.net.PortException;
import io.ristflow.service.observe.Sampler;
import io.ristflow.service.runtime.FlowControl;
import io.ristflow.service.runtime.FlowSnapshot;
import io.ristflow.service.runtime.Flows;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The paths of an output's bond, while it runs. Only where the process was started for it ({@code --http-control}). */
@Path("/api/v1/flows/{flow}/outputs/{output}/paths")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Paths", description = "Bonded paths of an output that come, go and change weight while it runs; only with --http-control.")
@APIResponse(responseCode = "400", description = "The path, or the weight, cannot be read.", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(responseCode = "403", description = "HTTP is read-only here.", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(responseCode = "404", description = "No flow, output or path of that name.", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(responseCode = "409", description = "Not possible now.", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class PathsResource {
    @Schema(name = "NewPath", description = "A path to add.")
    public record NewPath(
            @Schema(description = "Its name, unique among the output's paths.", required = true) String name,
            @Schema(description = "rist:// URL of the one path; weight, recovery-priority, rtt-drop and its others, interface and secret count.", required = true) String url) {}

    @Schema(name = "Weight", description = "A path's weight.")
    public record Weight(@Schema(description = "0: a copy of everything; 1..10000: its part of the load.", required = true) Integer weight) {}

    private final FlowControl control;
    private final Flows flows;
    private final Sampler sampler;
    private final boolean allowed;

    @Inject
    public PathsResource(FlowControl control, Flows flows, Sampler sampler, @ConfigProperty(name = "ristflow.http.control") boolean allowed) {
        this.control = control;
        this.flows = flows;
        this.sampler = sampler;
        this.allowed = allowed;
    }

    @POST
    @Operation(operationId = "addPath", summary = "Add a path to a running output")
    @APIResponse(responseCode = "201", description = "It is called; the flow as it is now.", content = @Content(schema = @Schema(implementation = FlowView.class)))
    public Response add(@Parameter(description = "Name of the flow.") @PathParam("flow") String flow, @Parameter(description = "Name of the output.") @PathParam("output") String output, NewPath path) {
        check(flow, output);
        if (path == null || path.name() == null || path.url() == null) throw Problems.of(400, "Path not understood", "name and url are wanted: {\"name\": \"lte\", \"url\": \"rist://b.example:6000?weight=5\"}");
        try {
            control.addPath(flow, output, path.name(), path.url());
        } catch (ConfigException e) {
            throw Problems.of(e.field().startsWith("path ") || e.field().equals("name") ? 400 : 409, "Not possible", e.getMessage());
        } catch (PortException e) {
            throw Problems.of(409, "Not possible", e.getMessage());
        }
        return Response.status(201).entity(view(flow)).build();
    }

    @PUT
    @Path("/{path}")
    @Operation(operationId = "weighPath", summary = "Change a path's weight")
    public FlowView weigh(@Parameter(description = "Name of the flow.") @PathParam("flow") String flow, @Parameter(description = "Name of the output.") @PathParam("output") String output, @Parameter(description = "Name of the path.") @PathParam("path") String path, Weight weight) {
        check(flow, output);
        if (weight == null || weight.weight() == null) throw Problems.of(400, "Weight not understood", "weight is wanted: {\"weight\": 5}");
        try {
            if (!control.weigh(flow, output, path, weight.weight())) throw notFound(output, path);
        } catch (ConfigException e) {
            throw Problems.of(e.field().equals("weight") ? 400 : 409, "Not possible", e.getMessage());
        }
        return view(flow);
    }

    @DELETE
    @Path("/{path}")
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "removePath", summary = "Take a path out of a running output")
    @APIResponse(responseCode = "204", description = "It is gone.")
    public void remove(@Parameter(description = "Name of the flow.") @PathParam("flow") String flow, @Parameter(description = "Name of the output.") @PathParam("output") String output, @Parameter(description = "Name of the path.") @PathParam("path") String path) {
        check(flow, output);
        try {
            if (!control.removePath(flow, output, path)) throw notFound(output, path);
        } catch (ConfigException e) {
            throw Problems.of(409, "Not possible", e.getMessage());
        }
    }

    private void check(String flow, String output) {
        if (!allowed) throw Problems.of(403, "Read-only", "HTTP is read-only here; start the process with --http-control to add, weigh and remove paths");
        FlowSnapshot now = Problems.flow(flows, flow);
        if (now.outputs().stream().noneMatch(o -> o.name().equals(output) && o.rist() != null)) {
            throw Problems.of(404, "Output not found", "flow " + flow + " has no RIST output named \"" + output + "\"");
        }
    }

    private static RuntimeException notFound(String output, String path) {
        return Problems.of(404, "Path not found", "output " + output + " has no path named \"" + path + "\"");
    }

    private FlowView view(String flow) {
        return FlowViews.of(Problems.flow(flows, flow), sampler.interval(flow).orElse(null));
    }
}
