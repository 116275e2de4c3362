package io.ristflow.operator.dependent;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.Map;

/** As much of Prometheus' operator's resource as is needed here. A class of its own, as the client looks for an unknown kind in the cluster even where nobody wants one. */
@Group(ServiceMonitor.GROUP)
@Version(ServiceMonitor.VERSION)
@Kind(ServiceMonitor.KIND)
public class ServiceMonitor extends CustomResource<Map<String, Object>, Void> implements Namespaced {
    static final String GROUP = "monitoring.coreos.com";
    static final String VERSION = "v1";
    static final String KIND = "ServiceMonitor";
    private static final long serialVersionUID = 1;
}
