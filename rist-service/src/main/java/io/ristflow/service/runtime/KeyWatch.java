package io.ristflow.service.runtime;

import io.ristflow.core.config.ConfigException;
import io.ristflow.core.config.PskConfig;
import io.ristflow.service.config.KeyFile;
import io.ristflow.service.config.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Looks at the files that passphrases came from, once a second and on a thread of its own, and hands on what has changed: the flow takes it over without a lost packet.
 *
 * <p>The content is compared and not a time stamp, nor is the file system asked to tell: Kubernetes swaps a symbolic link above the files. A change counts when two looks in a row have found the same,
 * as a file may be looked at while it is written.
 */
public final class KeyWatch implements AutoCloseable {
    private static final long LOOK_MS = 1_000;
    private static final Logger LOG = Logger.getLogger("ristflow.keys");

    /** Takes a passphrase over: {@link FlowRegistry#replacePassphrase}. */
    public interface Taker {
        void take(KeyFile file, String passphrase);
    }

    private static final class Watched {
        final KeyFile file;
        String inUse;
        String seen;
        String complaint = "";

        Watched(KeyFile file) {
            this.file = file;
            inUse = seen = file.passphrase();
        }
    }

    private final List<Watched> files = new ArrayList<>();
    private final Taker taker;
    private ScheduledExecutorService looks;

    public KeyWatch(List<KeyFile> keyFiles, Taker taker) {
        for (KeyFile file : keyFiles) files.add(new Watched(file));
        this.taker = taker;
    }

    public void start() {
        if (files.isEmpty()) return;
        looks = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("ristflow-secrets").factory());
        looks.scheduleWithFixedDelay(this::look, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        if (looks != null) looks.shutdownNow();
    }

    void look() {
        for (Watched watched : files) {
            try {
                look(watched);
            } catch (RuntimeException e) {
                complain(watched, e.getMessage());
            }
        }
    }

    private void look(Watched watched) {
        KeyFile file = watched.file;
        String now = Secrets.reread("secret", file.file());
        boolean settled = now.equals(watched.seen);
        watched.seen = now;
        if (!settled) return;
        watched.complaint = "";
        if (now.equals(watched.inUse)) return;
        PskConfig.checkPassphrase("secret", now);
        taker.take(file, now);
        watched.inUse = now;
        LOG.infof("flow %s: %s: a new %s passphrase was read from %s", file.flow(), file.endpoint(), file.parity().word(), file.file());
    }

    /** Once for each thing that is wrong: what is in force stays in force. */
    private static void complain(Watched watched, String why) {
        if (why == null || why.equals(watched.complaint)) return;
        watched.complaint = why;
        KeyFile file = watched.file;
        LOG.warnf("flow %s: %s: the %s passphrase stays as it was: %s", file.flow(), file.endpoint(), file.parity().word(), why);
    }
}
