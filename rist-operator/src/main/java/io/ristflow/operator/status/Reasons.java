package io.ristflow.operator.status;

/**
 * Reasons of conditions and events. A fault between two peers keeps the name that the service gives it (AesSizeMismatch …), a container that waits the one
 * that Kubernetes gives it (InvalidImageName …).
 */
public final class Reasons {
    /** The spec keeps every rule. */
    public static final String ACCEPTED = "Accepted";
    /** The spec breaks a rule; the message names the field. */
    public static final String SPEC_INVALID = "SpecInvalid";

    /** Every listener has its port. */
    public static final String ALLOCATED = "Allocated";
    /** No path listens, so no port is needed. */
    public static final String NOT_NEEDED = "NotNeeded";
    /** Another flow has the port; both flows say so. */
    public static final String PORT_CONFLICT = "PortConflict";
    /** The pool has no port left. */
    public static final String POOL_EXHAUSTED = "PoolExhausted";
    /** The spec names a pool that the operator's settings do not. */
    public static final String POOL_UNKNOWN = "PoolUnknown";
    /** No load balancer answered; endpoints show the node's address and port. A note. */
    public static final String NO_LOAD_BALANCER = "NoLoadBalancer";
    /** The load balancer has not answered yet. A note. */
    public static final String LOAD_BALANCER_PENDING = "LoadBalancerPending";

    /** All that the flow is made of stands as wanted. */
    public static final String PROGRAMMED = "Programmed";
    /** Not all of it is there yet. */
    public static final String PENDING = "Pending";
    /** A Secret that the spec names does not exist. */
    public static final String SECRET_MISSING = "SecretMissing";
    /** A Secret lacks the key that the spec names. */
    public static final String SECRET_KEY_MISSING = "SecretKeyMissing";
    /** A Secret's value cannot be used: empty, too long, not of the form that is needed. */
    public static final String SECRET_INVALID = "SecretInvalid";
    /** The API server would not take a child. */
    public static final String CHILD_REFUSED = "ChildRefused";
    /** The service refused its document; the message is its own. */
    public static final String DOCUMENT_REFUSED = "DocumentRefused";
    /** Fields changed that only a new pod takes on; it is on its way. */
    public static final String RESTART_NEEDED = "RestartNeeded";
    /** A new pod did not take on what it was made for; the next one waits. */
    public static final String RESTART_IN_VAIN = "RestartInVain";

    /** The pod runs the spec's generation and every socket is bound. */
    public static final String SOCKETS_BOUND = "SocketsBound";
    /** No pod has been made yet. */
    public static final String POD_PENDING = "PodPending";
    /** A pod is not admitted: quota, Pod Security. */
    public static final String POD_REJECTED = "PodRejected";
    /** No node takes the pod. */
    public static final String UNSCHEDULABLE = "Unschedulable";
    /** The image cannot be pulled. */
    public static final String IMAGE_PULL_BACK_OFF = "ImagePullBackOff";
    /** The media process ends again and again. */
    public static final String CRASH_LOOP_BACK_OFF = "CrashLoopBackOff";
    /** The media process used more memory than it may. */
    public static final String OUT_OF_MEMORY = "OutOfMemory";
    /** The media process ended and is started again. */
    public static final String RESTARTING = "Restarting";
    /** The pod starts. */
    public static final String STARTING = "Starting";
    /** The pod was ready and is not any more. */
    public static final String NOT_READY = "NotReady";
    /** The flow ended with an error; the message is the service's. */
    public static final String FLOW_FAILED = "FlowFailed";
    /** The old pod drains, the new one has not begun. */
    public static final String DRAINING = "Draining";
    /** The pod runs an older generation, and the new one is on its way to it. */
    public static final String UPDATING = "Updating";
    /** The pod does not say which document it runs: its image is older than the operator. */
    public static final String DOCUMENT_UNKNOWN = "DocumentUnknown";
    /** The pod is ready as Kubernetes sees it, and does not answer the operator. */
    public static final String POD_UNREACHABLE = "PodUnreachable";
    /** There is no pod that could tell. */
    public static final String NOT_RUNNING = "NotRunning";

    /** The handshake with a peer is done. */
    public static final String CONNECTED = "Connected";
    /** No peer has come yet. */
    public static final String NO_PEER_YET = "NoPeerYet";
    /** The peer was there and is gone. */
    public static final String PEER_GONE = "PeerGone";

    /** Every connected peer has logged in. */
    public static final String LOGGED_IN = "LoggedIn";
    /** A peer is connected and has not logged in. */
    public static final String NOT_LOGGED_IN = "NotLoggedIn";

    /** Media comes in. */
    public static final String MEDIA_ARRIVES = "MediaArrives";
    /** A peer is there, or a socket open, and no media comes. */
    public static final String NO_MEDIA = "NoMedia";

    /** Nothing is wrong. */
    public static final String ALL_WELL = "AllWell";
    /** A path of a bond has no peer while another has. */
    public static final String PATH_DOWN = "PathDown";
    /** A path of a bond carries next to nothing, as its round trip is above rttDropMs. */
    public static final String PATH_MUTED = "PathMuted";
    /** One of two inputs gives nothing. */
    public static final String INPUT_DOWN = "InputDown";
    /** An input ended or failed. */
    public static final String INPUT_FAILED = "InputFailed";
    /** An output failed. */
    public static final String OUTPUT_FAILED = "OutputFailed";

    /** Events alone: a peer is gone. */
    public static final String DISCONNECTED = "Disconnected";
    /** Events alone: another input took over. */
    public static final String INPUT_SWITCHED = "InputSwitched";
    /** Events alone: something is wrong between two peers. */
    public static final String FAULT = "Fault";
    /** Events alone: nothing is wrong any more. */
    public static final String FAULT_CLEARED = "FaultCleared";
    /** Events alone: the flow is ready for its peers. */
    public static final String READY = "Ready";
    /** Events alone: another operator has taken the flow over, and the one that says so leaves it alone. */
    public static final String ANOTHER_OPERATOR = "AnotherOperator";
    /** Events alone: a Secret's value changed, the flow takes it on. */
    public static final String SECRET_CHANGED = "SecretChanged";

    private Reasons() {}
}
