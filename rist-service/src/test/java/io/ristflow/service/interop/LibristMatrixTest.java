package io.ristflow.service.interop;

import static org.assertj.core.api.Assertions.assertThat;

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
            case SHARED_DYING -> Crossing.PACKETS;
            case LOSSY_LOGIN -> Crossing.PACKETS - SLACK;
            // What librist's receiver throws away is not ours to save; its sender loses nothing.
            case UPGRADED, UPGRADED_LOSSY -> (row.weSend() ? Rows.result(row.control()).received() : Crossing.PACKETS) - SLACK;
            default -> Rows.result(row.control()).received() - SLACK;
        };
        assertThat(result.received()).as("%s: of %d; at least %d; %s", row, Crossing.PACKETS, least, result.story()).isGreaterThanOrEqualTo(least);
        assertThat(result.check()).as("%s: %s", row, result.story()).isEqualTo(new StreamCheck.Result(result.received(), 0, 0, 0));
    }
}
