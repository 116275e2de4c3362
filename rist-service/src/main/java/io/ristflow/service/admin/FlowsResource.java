package io.ristflow.service.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ristflow.service.observe.LibristStatsJson;
import io.ristflow.service.observe.Sampler;
import io.ristflow.service.runtime.FlowSnapshot;
import io.ristflow.service.runtime.Flows;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Blocking: a snapshot may be gathered on a flow's loop, which must not be the one that waits for it. */
@Path("/api/v1/flows")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Flows", description = "The flows of this process.")
public class FlowsResource {
    private final Flows flows;
    private final Sampler sampler;

    @Inject
    public FlowsResource(Flows flows, Sampler sampler) {
        this.flows = flows;
        this.sampler = sampler;
    }

    @GET
    @Operation(operationId = "listFlows", summary = "All flows")
    public List<FlowView> list() {
        return flows.snapshots().stream().map(this::view).toList();
    }

    @GET
    @Path("/{name}")
    @Operation(operationId = "getFlow", summary = "One flow")
    @APIResponse(responseCode = "200", description = "The flow.", content = @Content(schema = @Schema(implementation = FlowView.class)))
    @APIResponse(responseCode = "404", description = "No flow of that name.", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public FlowView one(@Parameter(description = "Name of the flow.") @PathParam("name") String name) {
        return view(Problems.flow(flows, name));
    }

    @GET
    @Path("/{name}/stats")
    @Operation(
            operationId = "getFlowStats", summary = "One flow's statistics in librist's form",
            description = "The documents that librist 0.2.20 prints with statistics on (schema_version 5), as an array: receiver-stats and flow_cumulative_stats for each flow that comes in,"
                    + " sender-stats for each RIST output. Counts are those of the last full second.")
    @APIResponse(responseCode = "200", description = "librist's statistics documents.", content = @Content(schema = @Schema(type = SchemaType.ARRAY, implementation = Object.class)))
    @APIResponse(responseCode = "404", description = "No flow of that name.", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public List<ObjectNode> stats(@Parameter(description = "Name of the flow.") @PathParam("name") String name) {
        FlowSnapshot flow = Problems.flow(flows, name);
        // Not looked at yet, as it began within this second: then all that there is.
        return sampler.interval(name).map(LibristStatsJson::documents).orElseGet(() -> LibristStatsJson.documents(null, flow, 0));
    }

    private FlowView view(FlowSnapshot flow) {
        return FlowViews.of(flow, sampler.interval(flow.name()).orElse(null));
    }
}
