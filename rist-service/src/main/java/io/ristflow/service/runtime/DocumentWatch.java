package io.ristflow.service.runtime;

import io.ristflow.core.config.ConfigException;
import io.ristflow.service.config.FlowDiff;
import io.ristflow.service.config.FlowDocument;
import io.ristflow.service.config.ManifestFile;
import io.ristflow.service.config.Manifests;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Follows a file of manifests while its flows run ({@code --follow}): looks at it once a second, on a thread of its own, and brings the flows to what it says; what is the same in both is not touched.
 * What becomes of it stands on the {@link DocumentBoard}.
 *
 * <p>As {@link KeyWatch} does, and for the same reasons, it compares contents, and a change counts when two looks in a row have found the same. A document that is refused changes nothing. What could
 * not be done (a port that is in use, a Secret that is not there yet) is tried again.
 */
public final class DocumentWatch implements AutoCloseable {
    private static final long LOOK_MS = 1_000;
    /** Between the look that finds a change and the one that finds it settled. */
    private static final long SETTLE_MS = 250;
    static final long RETRY_NS = 5_000_000_000L;
    private static final int LOOKS_WITHOUT_A_FILE = 2;
    private static final Logger LOG = Logger.getLogger("ristflow.document");

    private final ManifestFile file;
    private final LiveFlows flows;
    private final DocumentBoard board;
    private final LongSupplier nanoTime;
    /** What each flow was last brought to. */
    private final Map<String, FlowDocument> running = new LinkedHashMap<>();

    private List<Path> secretFiles;
    private byte[] seen;
    private byte[] seenSecrets;
    /** The content that the board tells of; null: none that can be read. */
    private byte[] taken;
    private byte[] takenSecrets;
    private int missed;
    private boolean unsettled;
    /** Something is still to be done, and when it is tried again. */
    private boolean retrying;
    private long retryAtNs;
    private String complaint = "";
    private ScheduledExecutorService looks;

    /** @param started what the flows were started with, which {@code file} was last read as */
    public DocumentWatch(ManifestFile file, Manifests.Manifest started, LiveFlows flows, DocumentBoard board) {
        this(file, started, flows, board, System::nanoTime);
    }

    DocumentWatch(ManifestFile file, Manifests.Manifest started, LiveFlows flows, DocumentBoard board, LongSupplier nanoTime) {
        this.file = file;
        this.flows = flows;
        this.board = board;
        this.nanoTime = nanoTime;
        for (FlowDocument document : started.documents()) running.put(document.name(), document);
        secretFiles = started.secretFiles();
        seen = taken = file.lastRead();
        seenSecrets = takenSecrets = ManifestFile.contents(secretFiles);
    }

    public void start() {
        looks = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("ristflow-document").factory());
        looks.schedule(this::lookAndGoOn, LOOK_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        if (looks != null) looks.shutdownNow();
    }

    private void lookAndGoOn() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.warnf(e, "%s was not looked at", file.shown());
        }
        try {
            looks.schedule(this::lookAndGoOn, unsettled ? SETTLE_MS : LOOK_MS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // Closed meanwhile
        }
    }

    void look() {
        byte[] now;
        try {
            now = file.content();
        } catch (ConfigException e) {
            missing(e.getMessage());
            return;
        }
        missed = 0;
        byte[] secrets = ManifestFile.contents(secretFiles);
        boolean settled = Arrays.equals(now, seen) && Arrays.equals(secrets, seenSecrets);
        seen = now;
        seenSecrets = secrets;
        unsettled = !settled;
        if (!settled) return;
        boolean changed = !Arrays.equals(now, taken) || !Arrays.equals(secrets, takenSecrets);
        boolean due = retrying && nanoTime.getAsLong() - retryAtNs >= 0;
        if (changed || due) take(now);
    }

    /** For a moment it may be gone, while somebody writes it anew. */
    private void missing(String why) {
        unsettled = false;
        seen = null;
        if (++missed < LOOKS_WITHOUT_A_FILE || taken == null && !complaint.isEmpty()) return;
        taken = null;
        refuse(Map.of(), why);
    }

    private void take(byte[] content) {
        taken = content;
        takenSecrets = seenSecrets;
        Manifests.Manifest wanted;
        try {
            wanted = file.parse(content);
        } catch (ConfigException e) {
            refuse(file.generations(content), e.getMessage());
            tryAgain(true);
            return;
        }
        complaint = "";
        secretFiles = wanted.secretFiles();
        seenSecrets = takenSecrets = ManifestFile.contents(secretFiles);
        bringTo(wanted);
    }

    private void tryAgain(boolean needed) {
        retrying = needed;
        retryAtNs = nanoTime.getAsLong() + RETRY_NS;
    }

    private void refuse(Map<String, Long> generations, String why) {
        List<DocumentBoard.Entry> entries = new ArrayList<>();
        for (FlowDocument document : running.values()) {
            Long generation = generations.getOrDefault(document.name(), document.generation());
            entries.add(new DocumentBoard.Entry(document.name(), generation, DocumentBoard.State.REFUSED, List.of(), why));
        }
        board.set(entries);
        complain(why);
    }

    /** Once for each thing that is wrong. */
    private void complain(String why) {
        if (why.equals(complaint)) return;
        complaint = why;
        LOG.warnf("the document stays as it was: %s", why);
    }

    // ---- from document to flows ------------------------------------------------------------------------------------------------------

    private void bringTo(Manifests.Manifest wanted) {
        List<DocumentBoard.Entry> entries = new ArrayList<>();
        boolean refused = false;
        for (FlowDocument document : wanted.documents()) {
            DocumentBoard.Entry entry = bringTo(document);
            refused |= entry.state() == DocumentBoard.State.REFUSED;
            entries.add(entry);
        }
        List<String> gone = running.keySet().stream().filter(flow -> wanted.documents().stream().noneMatch(document -> document.name().equals(flow))).toList();
        for (String flow : gone) {
            flows.stop(flow);
            running.remove(flow);
        }
        board.set(entries);
        tryAgain(refused);
    }

    private DocumentBoard.Entry bringTo(FlowDocument wanted) {
        try {
            FlowDocument now = running.get(wanted.name());
            if (now == null) {
                flows.start(wanted);
                running.put(wanted.name(), wanted);
                return DocumentBoard.Entry.inForce(wanted);
            }
            FlowDiff.Plan plan = FlowDiff.between(now, wanted);
            flows.perform(wanted, plan.steps(), step -> running.compute(wanted.name(), (_, before) -> before.after(step, wanted)));
            if (plan.restartNeeded().isEmpty()) {
                running.put(wanted.name(), wanted);
                return DocumentBoard.Entry.inForce(wanted);
            }
            LOG.warnf("flow %s: needs a restart for %s", wanted.name(), String.join(", ", plan.restartNeeded()));
            return new DocumentBoard.Entry(wanted.name(), wanted.generation(), DocumentBoard.State.RESTART_NEEDED, plan.restartNeeded(), "");
        } catch (RuntimeException e) {
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            complain("flow " + wanted.name() + ": " + why);
            return new DocumentBoard.Entry(wanted.name(), wanted.generation(), DocumentBoard.State.REFUSED, List.of(), why);
        }
    }
}
