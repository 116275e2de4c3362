package io.ristflow.operator.naming;

/** Annotations that the operator writes and reads. */
public final class Annotations {
    /** Whole name of the flow that a child or a pod belongs to. */
    public static final String FLOW = "ristflow.io/flow";
    /** On the resolved document: generation of the RistFlow that it was made from. */
    public static final String GENERATION = "ristflow.io/generation";
    /** On a pod: hash of the document and of the Secrets' versions that it should have seen. A change of it makes the kubelet refresh mounted volumes at once. */
    public static final String SEEN = "ristflow.io/seen";
    /** On the pod template: generation of the RistFlow that only a new pod could take on. */
    public static final String RESTART_GENERATION = "ristflow.io/restart-generation";
    /** On a child: hash of what the operator last applied. */
    public static final String APPLIED = "ristflow.io/applied";
    /** On a child: which operator applied it, by its namespace and its lease's name. */
    public static final String OPERATOR = "ristflow.io/operator";
    /** On the pod template, and so on pods: hash of the template; a pod with another one is about to be replaced. */
    public static final String TEMPLATE = "ristflow.io/template";
    /** On a pod: whether an autoscaler of the cluster may move it; "false" while media flows. */
    public static final String SAFE_TO_EVICT = "cluster-autoscaler.kubernetes.io/safe-to-evict";
    /** On the pod template: networks that Multus attaches. */
    public static final String NETWORKS = "k8s.v1.cni.cncf.io/networks";
    /** On a pod: what Multus attached. */
    public static final String NETWORK_STATUS = "k8s.v1.cni.cncf.io/network-status";

    private Annotations() {}
}
