package io.ristflow.service.observe;

import io.ristflow.core.api.Fault;
import io.ristflow.core.api.SessionEvent;
import io.ristflow.core.api.SessionEvent.BufferChanged;
import io.ristflow.core.api.SessionEvent.FaultCleared;
import io.ristflow.core.api.SessionEvent.FaultRaised;
import io.ristflow.core.api.SessionEvent.FlowEnded;
import io.ristflow.core.api.SessionEvent.FlowStarted;
import io.ristflow.core.api.SessionEvent.PassphraseInForce;
import io.ristflow.core.api.SessionEvent.PeerAuthenticated;
import io.ristflow.core.api.SessionEvent.PeerConnected;
import io.ristflow.core.api.SessionEvent.PeerLost;
import io.ristflow.core.api.SessionEvent.PeerPassphraseChanged;
import io.ristflow.core.api.SessionEvent.PeerRefused;
import io.ristflow.core.api.SessionEvent.RebindWanted;
import io.ristflow.core.api.SessionEvent.TargetBitrate;
import io.ristflow.service.runtime.FlowEventListener;
import io.ristflow.service.runtime.InputEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * What sessions tell, as lines for people and fields for programs: category {@code ristflow.session}, fields {@code flow}, {@code endpoint}, {@code path}, {@code remote}, {@code event} and, of
 * faults, {@code reason}. Any thread.
 *
 * <p>Of a fault that comes and goes, beginning and end are written at most once in {@value #QUIET_SECONDS} s for one endpoint, peer and fault; what was left out is counted in the
 * next line, which tells how things stand by then.
 */
@ApplicationScoped
public class SessionLog implements FlowEventListener {
    public static final String CATEGORY = "ristflow.session";
    static final int QUIET_SECONDS = 10;

    /** A peer may come from any port of many hosts: beyond this many, the longest unheard is forgotten and may write a line more than its share. */
    private static final int REMEMBERED_FAULTS = 1_024;

    private static final long QUIET_NS = QUIET_SECONDS * 1_000_000_000L;
    private static final Logger LOG = Logger.getLogger(CATEGORY);

    private record Key(String flow, String endpoint, String remote, Fault fault) {}

    /** {@code shownActive}: what the last line said; {@code left}: times raised since without a line. */
    private static final class Flapping {
        final int path;
        long shownAtNs;
        boolean shownActive;
        boolean active;
        int left;
        String detail = "";

        Flapping(int path) {
            this.path = path;
        }
    }

    private final LongSupplier nanoTime;
    private final Map<Key, Flapping> faults = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Flapping> eldest) {
            return size() > REMEMBERED_FAULTS;
        }
    };

    public SessionLog() {
        this(System::nanoTime);
    }

    SessionLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Writes an event, or counts it.
     *
     * @param endpoint the input's or output's name in its flow
     * @param remote the path's address as host:port; null or empty where the event has no path
     */
    @Override
    public void onEvent(String flow, String endpoint, String remote, SessionEvent event) {
        String at = remote == null ? "" : remote;
        switch (event) {
            case PeerConnected e -> write(Logger.Level.INFO, flow, endpoint, at, e.path(), e, null, "peer connected" + named(e.cname()) + flowId(e.flowId()));
            // INFO, as it may have said farewell; silence has a warning of its own, SessionTimeout
            case PeerLost e -> write(Logger.Level.INFO, flow, endpoint, at, e.path(), e, null, "peer lost: " + e.why());
            case PeerAuthenticated e -> write(Logger.Level.INFO, flow, endpoint, at, e.path(), e, null, "logged in as " + e.user());
            case PeerRefused e -> write(Logger.Level.WARN, flow, endpoint, at, e.path(), e, null, "login refused" + (e.user().isEmpty() ? "" : " of " + e.user()) + ": " + e.why());
            case FaultRaised e -> raised(new Key(flow, endpoint, at, e.fault()), e);
            case FaultCleared e -> cleared(new Key(flow, endpoint, at, e.fault()), e);
            case FlowStarted e -> write(Logger.Level.INFO, flow, endpoint, at, e.path(), e, null, "media arrives" + flowId(e.flowId()));
            case FlowEnded e -> write(Logger.Level.INFO, flow, endpoint, at, -1, e, null, "media ended: " + e.why() + flowId(e.flowId()));
            case BufferChanged e -> write(Logger.Level.DEBUG, flow, endpoint, at, -1, e, null, "recovery buffer is now " + e.bufferNs() / 1_000_000 + " ms" + flowId(e.flowId()));
            case PassphraseInForce e -> write(Logger.Level.INFO, flow, endpoint, at, -1, e, null, "the " + e.parity().word() + " passphrase is in force now");
            case PeerPassphraseChanged e -> write(Logger.Level.INFO, flow, endpoint, at, e.path(), e, null, "the peer has gone over to the " + e.parity().word() + " passphrase");
            case TargetBitrate e -> write(Logger.Level.INFO, flow, endpoint, at, -1, e, null, "the encoder should send " + e.bps() / 1_000 + " kbit/s" + flowId(e.flowId()));
            case RebindWanted e -> write(Logger.Level.INFO, flow, endpoint, at, e.path(), e, null, "nothing heard, trying another source port");
        }
    }

    /** A fail-over is worth a look, whatever comes of it: the flow has one input less. */
    @Override
    public void onInput(String flow, String input, InputEvent event) {
        boolean worse = event.active() ? event.why().endsWith("silent") : !event.why().endsWith("took over");
        String text = (event.active() ? "input is active: " : "input is not active: ") + event.why();
        write(worse ? Logger.Level.WARN : Logger.Level.INFO, flow, input, "", -1, event.active() ? "InputActive" : "InputInactive", null, text);
    }

    /** Once a second or so: writes what had to wait, and forgets faults that are over. */
    synchronized void tick() {
        long now = nanoTime.getAsLong();
        faults.entrySet().removeIf(entry -> {
            Flapping f = entry.getValue();
            if (now - f.shownAtNs < QUIET_NS) return false;
            if (f.left > 0 || f.active != f.shownActive) show(entry.getKey(), f, now);
            return !f.active;
        });
    }

    private synchronized void raised(Key key, FaultRaised e) {
        long now = nanoTime.getAsLong();
        Flapping f = faults.get(key);
        boolean first = f == null;
        if (first) faults.put(key, f = new Flapping(e.path()));
        f.active = true;
        f.detail = e.detail() == null ? "" : e.detail();
        if (first || now - f.shownAtNs >= QUIET_NS) show(key, f, now);
        else f.left++;
    }

    private synchronized void cleared(Key key, FaultCleared e) {
        Flapping f = faults.get(key);
        // Of a fault that never was written nothing need be said to be over.
        if (f == null || !f.active) return;
        f.active = false;
        // The end of what the last line said is told at once, the end of what was only counted is not.
        if (f.shownActive && f.left == 0) {
            f.shownActive = false;
            write(Logger.Level.INFO, key.flow, key.endpoint, key.remote, e.path(), e, key.fault, key.fault.reason() + " is over");
        }
    }

    private void show(Key key, Flapping f, long now) {
        String again = f.left == 0 ? "" : " (raised " + f.left + (f.left == 1 ? " time" : " times") + " more in the last " + Math.max(QUIET_SECONDS, (now - f.shownAtNs) / 1_000_000_000L) + " s)";
        f.left = 0;
        f.shownAtNs = now;
        f.shownActive = f.active;
        SessionEvent event = f.active ? new FaultRaised(f.path, key.fault, f.detail) : new FaultCleared(f.path, key.fault);
        String text = f.active ? key.fault.reason() + (f.detail.isEmpty() ? "" : ": " + f.detail) : key.fault.reason() + " is over";
        write(f.active ? Logger.Level.WARN : Logger.Level.INFO, key.flow, key.endpoint, key.remote, f.path, event, key.fault, text + again);
    }

    private static void write(Logger.Level level, String flow, String endpoint, String remote, int path, SessionEvent event, Fault fault, String text) {
        write(level, flow, endpoint, remote, path, event.getClass().getSimpleName(), fault, text);
    }

    private static void write(Logger.Level level, String flow, String endpoint, String remote, int path, String event, Fault fault, String text) {
        if (!LOG.isEnabled(level)) return;
        MDC.put("flow", flow);
        MDC.put("endpoint", endpoint);
        if (path >= 0) MDC.put("path", Integer.toString(path));
        if (!remote.isEmpty()) MDC.put("remote", remote);
        MDC.put("event", event);
        if (fault != null) MDC.put("reason", fault.reason());
        try {
            LOG.log(level, oneLine(flow + "/" + endpoint + (remote.isEmpty() ? "" : " " + remote) + ": " + text));
        } finally {
            for (String field : new String[] {"flow", "endpoint", "path", "remote", "event", "reason"}) MDC.remove(field);
        }
    }

    /** A peer chooses its canonical name: it must not write lines, or colours, of its own. */
    private static String oneLine(String text) {
        StringBuilder clean = null;
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isISOControl(text.charAt(i))) continue;
            if (clean == null) clean = new StringBuilder(text);
            clean.setCharAt(i, '?');
        }
        return clean == null ? text : clean.toString();
    }

    private static String named(String cname) {
        return cname == null || cname.isEmpty() ? "" : " as " + cname;
    }

    private static String flowId(int flowId) {
        return flowId == 0 ? "" : ", flow id " + Integer.toUnsignedString(flowId);
    }
}
