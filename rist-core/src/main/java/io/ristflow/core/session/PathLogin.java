package io.ristflow.core.session;

import io.ristflow.core.api.Fault;
import io.ristflow.core.auth.AuthMachine;

/** Who is at the other end of a path, as far as it has been proven; kept by {@link AuthDesk}. */
final class PathLogin {
    /** Null: nobody has to log in. */
    AuthMachine machine;
    /** Data may flow (TR-06-2 §D.1). */
    boolean admitted = true;
    long admittedNs;
    /** Who logged in; empty: nobody. */
    String user = "";
    /** Why no data flows; null: nothing is known to be wrong. */
    String problem;
    Fault problemFault;
    /** What is to be sent under as soon as its first key is derived; null: nothing new. */
    Secret nextSends;
    /** Media comes in the clear, and that was not asked for. */
    boolean clearInBarred;
}
