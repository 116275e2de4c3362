package io.ristflow.service.interop;

import io.ristflow.service.interop.Crossing.Ends;
import io.ristflow.service.interop.Crossing.Result;
import io.ristflow.service.interop.Crossing.Settings;
import io.ristflow.service.interop.Crossing.Variant;
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
            Integer.getInteger("interop.parallel", 6), Thread.ofPlatform().daemon().name("interop-", 0).factory());

    private static final Map<Row, CompletableFuture<Result>> STARTED = new ConcurrentHashMap<>();

    /** {@code weSend} is null where librist meets librist. */
    record Row(Peers peer, Boolean weSend, Settings settings) {
        Row control() {
            return new Row(peer, null, settings);
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

    /** Issue 2, row 2 of what must be shown. */
    static List<Row> matrix() {
        List<Row> rows = new ArrayList<>();
        for (Row control : controls()) {
            Settings same = control.settings();
            rows.add(new Row(control.peer(), true, same));
            rows.add(new Row(control.peer(), false, same));
            // Not here: a listening Simple sender of librist. It answers RTCP on its media port alone and sends no media to anybody (seen in 0.2.20); ours is met by ours in FourRolePairsTest.
        }
        return wanted(rows);
    }

    /** librist to librist on the paths of the matrix. */
    static List<Row> controls() {
        List<Row> rows = new ArrayList<>();
        for (boolean lossy : new boolean[] {false, true}) {
            for (boolean senderListens : new boolean[] {false, true}) {
                for (Variant variant : Variant.values()) rows.add(new Row(Peers.SID, null, new Settings(false, senderListens, variant, lossy)));
            }
            // The Simple profile has no encryption (TR-06-1). librist's receiver cannot call a Simple sender: it sends its RTCP to port 32769 whatever the URL says (seen in 0.2.20).
            for (Variant variant : new Variant[] {Variant.CLEAR, Variant.NPD}) rows.add(new Row(Peers.SID, null, new Settings(true, false, variant, lossy)));
            for (Peers old : new Peers[] {Peers.TRIXIE, Peers.BOOKWORM}) {
                for (Variant variant : new Variant[] {Variant.CLEAR, Variant.AES_256}) rows.add(new Row(old, null, new Settings(false, false, variant, lossy)));
            }
        }
        return rows;
    }

    /** {@code -Dinterop.rows=lossy} runs only rows whose name holds the word; for work on one of them. */
    static List<Row> wanted(List<Row> rows) {
        String word = System.getProperty("interop.rows", "");
        return rows.stream().filter(row -> row.toString().contains(word)).toList();
    }

    static void start(List<Row> rows) {
        for (Row row : rows) STARTED.computeIfAbsent(row, r -> submit(() -> Crossing.run(r.ends(), r.settings(), r.seed())));
    }

    /** Waits for its turn and its end. */
    static Result result(Row row) {
        start(List.of(row));
        return STARTED.get(row).join();
    }

    /** Something else that takes its turn with the rows. */
    static <T> CompletableFuture<T> submit(Callable<T> work) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return work.call();
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        }, POOL);
    }
}
