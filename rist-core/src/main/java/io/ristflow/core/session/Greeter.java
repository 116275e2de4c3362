package io.ristflow.core.session;

import io.ristflow.core.api.EffectSink;
import io.ristflow.core.api.Lane;
import io.ristflow.core.profile.Dialect;
import java.nio.ByteBuffer;

/** The tunnel's own messages: the opening burst, keep-alives, the negotiation of buffers. */
final class Greeter {
    /** TR-06-2 §5.6.2: 3 to 10 at the start; librist sends three. */
    private static final int TIMES = 3;

    private final Dialect dialect;
    private final boolean caller;
    private final Part part;
    private final FeedbackDesk feedback;

    Greeter(Dialect dialect, boolean caller, Part part, FeedbackDesk feedback) {
        this.dialect = dialect;
        this.caller = caller;
        this.part = part;
        this.feedback = feedback;
    }

    /** UDP loses, so everything goes three times (TR-06-2 §5.6.2, and librist's order). */
    void greet(long nowNs, Path path, boolean mayHearRtcp, EffectSink sink) {
        path.greeted = true;
        for (int i = 0; i < TIMES; i++) keepAlive(path, caller ? 2 : 0, false, sink);
        if (caller) for (int i = 0; i < TIMES; i++) keepAlive(path, 1, false, sink);
        if (caller) for (int i = 0; i < TIMES; i++) negotiateBuffer(path, sink);
        int compounds = mayHearRtcp ? caller ? TIMES : 1 : 0;
        for (int i = 0; i < compounds; i++) feedback.report(nowNs, path, sink);
    }

    /** Keep-alive, and what else goes with it. */
    void keepAlive(Path path, EffectSink sink) {
        keepAlive(path, 0, false, sink);
        if (!path.ready()) return;
        for (int i = 0; ; i++) {
            ByteBuffer datagram = dialect.status(path.peer, i, part.ssrc(path), feedback.cname());
            if (datagram == null) return;
            sink.transmit(path.number, Lane.CONTROL, datagram);
        }
    }

    /** TR-06-2 §5.6.5. */
    void disconnect(Path path, EffectSink sink) {
        keepAlive(path, 0, true, sink);
    }

    private void keepAlive(Path path, int version, boolean disconnect, EffectSink sink) {
        if (!path.ready()) return;
        ByteBuffer datagram = dialect.keepAlive(path.peer, version, disconnect);
        if (datagram != null) sink.transmit(path.number, Lane.CONTROL, datagram);
    }

    void negotiateBuffer(Path path, EffectSink sink) {
        if (!path.ready()) return;
        ByteBuffer datagram = dialect.bufferNegotiation(path.peer, part.senderMaxBufferMs(), part.receiverBufferMs(path));
        if (datagram != null) sink.transmit(path.number, Lane.CONTROL, datagram);
    }
}
