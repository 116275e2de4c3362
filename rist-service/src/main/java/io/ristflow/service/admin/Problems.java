package io.ristflow.service.admin;

import io.ristflow.service.runtime.FlowSnapshot;
import io.ristflow.service.runtime.Flows;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** What is wrong with a request, as the exception that answers it. */
final class Problems {
    private Problems() {}

    static WebApplicationException of(int status, String title, String detail) {
        return answer(new Problem(status, title, detail, null));
    }

    /** The flow of that name, or a 404 that names those there are. */
    static FlowSnapshot flow(Flows flows, String name) {
        return flows.snapshot(name).orElseThrow(() -> {
            List<String> known = flows.snapshots().stream().map(FlowSnapshot::name).sorted().toList();
            String detail = "no flow is named \"" + name + "\"; " + (known.isEmpty() ? "there are none" : "there " + (known.size() == 1 ? "is " : "are ") + String.join(", ", known));
            return answer(new Problem(404, "Flow not found", detail, known));
        });
    }

    private static WebApplicationException answer(Problem problem) {
        return new WebApplicationException(problem.detail(), Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem).build());
    }
}
