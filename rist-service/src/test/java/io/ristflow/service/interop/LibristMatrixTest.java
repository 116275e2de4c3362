package io.ristflow.service.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.service.interop.Crossing.Settings;
import io.ristflow.service.interop.Rows.Row;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * librist at one end, we at the other: as much arrives as between librist and librist on the same path, give or take two (a flow begins with the first packet that the path lets through). More than
 * that where librist itself fails, or where nothing may be lost.
 */
@Tag("interop")
@EnabledIfPeers
class LibristMatrixTest {
    private static final int BEGINNING = 8;
    private static final int SLACK = 2;

    static List<Row> rows() {
        List<Row> rows = Rows.matrix();
        Rows.start(rows);
        return rows;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void asMuchArrivesAsBetweenLibristAndItself(Row row) {
        Crossing.Result result = Rows.result(row);
        int least = switch (row.settings().way()) {
            // Nobody can ask for the last packet, and librist repeats nothing unasked.
            case SHARED_DYING, SHARED_RETURNING -> row.weSend() ? Crossing.PACKETS : Crossing.PACKETS - 1;
            case LOSSY_LOGIN -> Crossing.PACKETS - SLACK;
            // What librist's receiver throws away is not ours to save; its sender loses nothing.
            case UPGRADED, UPGRADED_LOSSY -> (row.weSend() ? Rows.result(row.control()).received() : Crossing.PACKETS) - SLACK;
            default -> Rows.result(row.control()).received() - SLACK;
        };
        // A dozen rows share this machine: half a second of standstill in one costs what no buffer of half a second brings back
        if (result.received() < least) result = Rows.again(row);
        assertThat(result.received()).as("%s: of %d; at least %d; %s", row, Crossing.PACKETS, least, result.story()).isGreaterThanOrEqualTo(least);
        // librist's receiver puts a late packet out of its place now and then when much is lost, to itself as well
        int disorder = row.weSend() && result.check().outOfOrder() <= SLACK ? result.check().outOfOrder() : 0;
        assertThat(result.check()).as("%s: %s", row, result.story()).isEqualTo(new StreamCheck.Result(result.received(), 0, disorder, 0));
    }

    /** A row could pass in another profile, in the clear or over one path than it says. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void mediaIsFramedAsConfigured(Row row) {
        Settings settings = row.settings();
        if (settings.profiles().simple()) return;
        Crossing.Result result = Rows.result(row);
        Tap.Seen seen = result.seen();
        boolean upgraded = settings.way().upgraded();
        boolean advanced = settings.profiles().control() == Profiles.ADVANCED;
        assertThat(seen.direct() > 0).as("Type 5 in %s: %s", row, result.story()).isEqualTo(advanced);
        // A bond's later leg begins before its peer has said that it speaks Advanced
        assertThat(seen.tunnelled() > BEGINNING).as("GRE in %s: %s", row, result.story()).isEqualTo(!advanced || upgraded);
        if (settings.variant().encrypted()) assertThat(seen.encrypted()).as("encrypted in %s: %s", row, result.story()).isEqualTo(seen.direct());
        // TR-06-3 §5.2.6: compressed only if the peer's keep-alive said C, which no librist's does; librist compresses all the same.
        if (settings.variant() == Variant.LZ4) assertThat(seen.compressed() > seen.direct() / 2).as("compressed in %s: %s", row, result.story()).isEqualTo(!row.weSend());
        if (settings.way() == Way.SHARED) {
            for (Tap.Seen leg : result.legs()) assertThat(leg.direct() + leg.tunnelled()).as("half of %s: %s", row, result.story()).isBetween(950L, 1_050L);
        }
    }
}
