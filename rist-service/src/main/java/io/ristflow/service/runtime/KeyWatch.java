package io.ristflow.service.runtime;

import io.ristflow.core.config.PskConfig;
import io.ristflow.service.config.FlowKey;
import io.ristflow.service.config.Secrets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * The passphrases in use, and the files that they came from: looks at these once a second, on a thread of its own, and hands on what has changed. The flow takes it over without a lost packet.
 *
 * <p>The content is compared and not a time stamp, nor is the file system asked to tell: Kubernetes swaps a symbolic link above the files. A change counts when two looks in a row have found the same,
 * as a file may be looked at while it is written.
 */
public final class KeyWatch implements AutoCloseable {
    private static final long LOOK_MS = 1_000;
    private static final Logger LOG = Logger.getLogger("ristflow.keys");

    /** Takes a passphrase over: {@link FlowRegistry#replacePassphrase}. */
    public interface Taker {
        void take(FlowKey.Id key, String passphrase);
    }

    private static final class Watched {
        final FlowKey.Id id;
        /** Null: there is nothing to look at. */
        final Path file;
        String inUse;
        String seen;
        String complaint = "";

        Watched(FlowKey key) {
            id = key.id();
            file = key.file();
            inUse = seen = key.passphrase();
        }
    }

    private final Map<FlowKey.Id, Watched> keys = new LinkedHashMap<>();
    private final Taker taker;
    private ScheduledExecutorService looks;

    /** @param inUse of the flows that run */
    public KeyWatch(List<FlowKey> inUse, Taker taker) {
        begin(inUse);
        this.taker = taker;
    }

    public void start() {
        looks = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("ristflow-secrets").factory());
        looks.scheduleWithFixedDelay(this::look, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        if (looks != null) looks.shutdownNow();
    }

    // ---- ends that come, change and go ---------------------------------------------------------------------------------------------

    /** Of ends that have begun with these. */
    synchronized void begin(List<FlowKey> inUse) {
        for (FlowKey key : inUse) keys.put(key.id(), new Watched(key));
    }

    /**
     * Of ends that run, as a document has them now. A passphrase from another file than before, or from none, is taken over at once.
     *
     * @throws RuntimeException why one could not be; those before it were
     */
    synchronized void update(List<FlowKey> wanted) {
        for (FlowKey key : wanted) {
            Watched was = keys.get(key.id());
            // The same file's change is for the looks to find
            if (was != null && key.file() != null && key.file().equals(was.file)) continue;
            if (was == null || !key.passphrase().equals(was.inUse)) {
                taker.take(key.id(), key.passphrase());
                LOG.infof("flow %s: %s: a new %s passphrase was read%s", key.id().flow(), key.id().end(), key.id().parity().word(), key.file() == null ? "" : " from " + key.file());
            }
            keys.put(key.id(), new Watched(key));
        }
    }

    /** There is one passphrase from now on, the other of the two: it takes the place of this one as well, which stays valid for the peers that still use it, as long as any that is replaced. */
    synchronized void retire(FlowKey.Id key) {
        Watched other = keys.get(key.other());
        if (other != null) taker.take(key, other.inUse);
        keys.remove(key);
        LOG.infof("flow %s: %s: the %s passphrase is not in the document any more", key.flow(), key.end(), key.parity().word());
    }

    /** Ends that are not there any more. */
    synchronized void forget(Predicate<FlowKey.Id> gone) {
        keys.keySet().removeIf(gone);
    }

    // ---- the looks -----------------------------------------------------------------------------------------------------------------

    synchronized void look() {
        for (Watched watched : keys.values()) {
            if (watched.file == null) continue;
            try {
                look(watched);
            } catch (RuntimeException e) {
                complain(watched, e.getMessage());
            }
        }
    }

    private void look(Watched watched) {
        String now = Secrets.reread("secret", watched.file);
        boolean settled = now.equals(watched.seen);
        watched.seen = now;
        if (!settled) return;
        watched.complaint = "";
        if (now.equals(watched.inUse)) return;
        PskConfig.checkPassphrase("secret", now);
        taker.take(watched.id, now);
        watched.inUse = now;
        LOG.infof("flow %s: %s: a new %s passphrase was read from %s", watched.id.flow(), watched.id.end(), watched.id.parity().word(), watched.file);
    }

    /** Once for each thing that is wrong: what is in force stays in force. */
    private static void complain(Watched watched, String why) {
        if (why == null || why.equals(watched.complaint)) return;
        watched.complaint = why;
        LOG.warnf("flow %s: %s: the %s passphrase stays as it was: %s", watched.id.flow(), watched.id.end(), watched.id.parity().word(), why);
    }
}
