package io.ristflow.service.interop;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import io.ristflow.service.interop.Crossing.Ends;
import io.ristflow.service.interop.Crossing.Result;
import io.ristflow.service.interop.Crossing.Settings;
import io.ristflow.service.net.PortException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The matrix: which rows there are, run some at a time, each once, however many tests ask for it. */
final class Rows {
    /** They are paced, so the machine is idle in most of them. */
    private static final ExecutorService POOL = Executors.newFixedThreadPool(
            Integer.getInteger("interop.parallel", 12), Thread.ofPlatform().daemon().name("interop-", 0).factory());

    private static final boolean[] BOTH = {false, true};
    private static final Map<Row, CompletableFuture<Result>> STARTED = new ConcurrentHashMap<>();

    /** {@code weSend} is null where librist meets librist. */
    record Row(Peers peer, Boolean weSend, Settings settings) {
        /** librist has no profile "auto"; and on a path without losses it delivers to itself whatever it is configured with, so one of those stands for all. */
        Row control() {
            Variant variant = settings.way() == Way.CLEAN ? Variant.CLEAR : settings.variant();
            return new Row(peer, null, new Settings(settings.profiles().control(), settings.senderListens(), variant, settings.way()));
        }

        Ends ends() {
            return weSend == null ? new Ends(peer, peer) : weSend ? new Ends(null, peer) : new Ends(peer, null);
        }

        @Override
        public String toString() {
            String librist = "librist " + peer.version;
            return (weSend == null ? librist + " to itself" : weSend ? "to " + librist : "from " + librist) + ", " + settings;
        }

        /** The same for a row and its control, so that the paths are alike. */
        long seed() {
            return 1_000L * peer.ordinal() + settings.toString().chars().asLongStream().reduce(17, (a, b) -> a * 31 + b);
        }
    }

    private Rows() {}

    /** librist at one end, ours at the other, both ways. */
    static List<Row> matrix() {
        return wanted(all());
    }

    /** librist to librist on the paths of the matrix. */
    static List<Row> controls() {
        return wanted(all().stream().map(Row::control).distinct().filter(row -> row.settings().way().comparable()).toList());
    }

    private static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        for (Way way : new Way[] {Way.CLEAN, Way.LOSSY}) {
            simpleAndMain(rows, way);
            advanced(rows, way);
            automatic(rows, way);
            logins(rows, way);
        }
        lossyLogins(rows);
        upgraded(rows);
        bonded(rows);
        return rows;
    }

    private static void simpleAndMain(List<Row> rows, Way way) {
        for (boolean senderListens : BOTH) {
            for (Variant variant : new Variant[] {Variant.CLEAR, Variant.AES_128, Variant.AES_256, Variant.ROTATION, Variant.NPD}) add(rows, Profiles.MAIN, senderListens, variant, way);
        }
        // The Simple profile has no encryption (TR-06-1). librist's receiver cannot call a Simple sender: it sends its RTCP to port 32769 whatever the URL says (seen in 0.2.20).
        for (Variant variant : new Variant[] {Variant.CLEAR, Variant.NPD}) add(rows, Profiles.SIMPLE, false, variant, way);
        for (Peers old : new Peers[] {Peers.TRIXIE, Peers.BOOKWORM}) {
            for (Variant variant : new Variant[] {Variant.CLEAR, Variant.AES_256}) add(rows, old, Profiles.MAIN, false, variant, way);
        }
    }

    private static void advanced(List<Row> rows, Way way) {
        for (boolean senderListens : BOTH) {
            for (Variant variant : new Variant[] {Variant.CLEAR, Variant.AES_256, Variant.SECRET_ALONE}) add(rows, Profiles.ADVANCED, senderListens, variant, way);
            for (Profiles mixed : new Profiles[] {Profiles.MAIN_TO_ADVANCED, Profiles.ADVANCED_TO_MAIN}) add(rows, mixed, senderListens, Variant.CLEAR, way);
        }
        // librist's listening sender does not compress (seen in 0.2.20).
        for (Variant variant : new Variant[] {Variant.AES_128, Variant.ROTATION, Variant.LZ4}) add(rows, Profiles.ADVANCED, false, variant, way);
    }

    /** Our listener is told nothing of the profile. */
    private static void automatic(List<Row> rows, Way way) {
        for (Profiles profiles : new Profiles[] {Profiles.SIMPLE_TO_AUTO, Profiles.MAIN_TO_AUTO, Profiles.ADVANCED_TO_AUTO}) add(rows, profiles, false, Variant.CLEAR, way);
        for (Profiles profiles : new Profiles[] {Profiles.AUTO_TO_MAIN, Profiles.AUTO_TO_ADVANCED}) add(rows, profiles, true, Variant.CLEAR, way);
    }

    private static void logins(List<Row> rows, Way way) {
        for (Variant variant : new Variant[] {Variant.SRP, Variant.SRP_AES_256}) {
            for (boolean senderListens : BOTH) {
                for (Profiles profiles : new Profiles[] {Profiles.MAIN, Profiles.ADVANCED}) add(rows, profiles, senderListens, variant, way);
            }
            // EAPOL version 3 with its numbers unpadded; version 2.
            for (Peers old : new Peers[] {Peers.TRIXIE, Peers.BOOKWORM}) add(rows, old, Profiles.MAIN, false, variant, way);
        }
    }

    private static void lossyLogins(List<Row> rows) {
        for (Profiles profiles : new Profiles[] {Profiles.MAIN, Profiles.ADVANCED}) {
            for (boolean senderListens : BOTH) add(rows, profiles, senderListens, Variant.SRP_AES_256, Way.LOSSY_LOGIN);
        }
    }

    private static void upgraded(List<Row> rows) {
        add(rows, Profiles.ADVANCED, false, Variant.CLEAR, Way.UPGRADED);
        for (boolean senderListens : BOTH) add(rows, Profiles.ADVANCED, senderListens, Variant.CLEAR, Way.UPGRADED_LOSSY);
    }

    private static void bonded(List<Row> rows) {
        for (Profiles profiles : new Profiles[] {Profiles.MAIN, Profiles.ADVANCED}) {
            for (Way way : new Way[] {Way.DUPLICATED, Way.DUPLICATED_TO_ONE_PORT, Way.SHARED, Way.SHARED_LOSSY, Way.SHARED_DYING, Way.SHARED_RETURNING}) add(rows, profiles, false, Variant.CLEAR, way);
            for (Way way : new Way[] {Way.DUPLICATED, Way.SHARED_DYING}) add(rows, profiles, true, Variant.CLEAR, way);
            for (Variant variant : new Variant[] {Variant.AES_256, Variant.SRP_AES_256}) add(rows, profiles, false, variant, Way.DUPLICATED);
        }
    }

    private static void add(List<Row> rows, Profiles profiles, boolean senderListens, Variant variant, Way way) {
        add(rows, Peers.SID, profiles, senderListens, variant, way);
    }

    private static void add(List<Row> rows, Peers peer, Profiles profiles, boolean senderListens, Variant variant, Way way) {
        Settings settings = new Settings(profiles, senderListens, variant, way);
        // Not here: a listening Simple sender of librist. It answers RTCP on its media port alone and sends no media to anybody (seen in 0.2.20); ours is met by ours in FourRolePairsTest.
        for (boolean weSend : BOTH) {
            if (profiles.ofOurs(weSend)) rows.add(new Row(peer, weSend, settings));
        }
    }

    /** {@code -Dinterop.rows=lossy} runs only rows whose name holds the word; for work on one of them. */
    static List<Row> wanted(List<Row> rows) {
        String word = System.getProperty("interop.rows", "");
        return rows.stream().filter(row -> row.toString().contains(word)).toList();
    }

    static void start(List<Row> rows) {
        for (Row row : rows) STARTED.computeIfAbsent(row, r -> submit(() -> noted(r, Crossing.run(r.ends(), r.settings(), r.seed()))));
    }

    /** The figures of docs/interop.md are read from this file. */
    private static synchronized Result noted(Row row, Result result) throws IOException {
        Path notes = Path.of("target", "interop-results.txt");
        Files.createDirectories(notes.getParent());
        Files.writeString(notes, "%-80s %d of %d%s%n".formatted(row, result.received(), Crossing.PACKETS, result.received() == Crossing.PACKETS ? "" : ", missing " + result.missing()), CREATE, APPEND);
        return result;
    }

    /** Waits for its turn and its end. */
    static Result result(Row row) {
        start(List.of(row));
        return STARTED.get(row).join();
    }

    /** Runs a row once more; from then on that is its result. The notes tell of both. */
    static Result again(Row row) {
        STARTED.remove(row);
        return result(row);
    }

    /** Something else that takes its turn with the rows. */
    static <T> CompletableFuture<T> submit(Callable<T> work) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return withFreePorts(work);
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        }, POOL);
    }

    /** Between the choice of a port and its use another end may take it by chance (librist picks its source ports anywhere): then other ones. */
    private static <T> T withFreePorts(Callable<T> work) throws Exception {
        for (int more = 3; ; more--) {
            try {
                return work.call();
            } catch (PortException e) {
                if (more == 0 || !e.getMessage().contains("is in use")) throw e;
            }
        }
    }
}
