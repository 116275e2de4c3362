package io.ristflow.operator.status;

/** One word for people about a whole flow. */
public enum Phase {
    /** Something is missing before a pod can be made: a Secret, a port. */
    Pending,
    /** The pod is made, pulled, started. */
    Starting,
    /** Every socket is bound; no media comes yet. */
    Waiting,
    /** Media comes in. */
    Streaming,
    /** Something is wrong; media may come in all the same. */
    Degraded,
    /** The spec or the document is refused. */
    Refused,
    /** The flow is being deleted. */
    Draining
}
