package io.ristflow.service.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.service.interop.Rows.Row;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The measuring rod of {@link LibristMatrixTest} itself: librist to librist must pass nearly everything on every path, or the comparison says nothing. */
@Tag("interop")
@EnabledIfPeers
class LibristControlTest {
    static List<Row> rows() {
        List<Row> rows = Rows.controls();
        Rows.start(rows);
        return rows;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void libristDeliversToItself(Row row) {
        Crossing.Result result = Rows.result(row);
        assertThat(result.check().corrupt()).as("%s: %s", row, result.story()).isZero();
        assertThat(result.received()).as("%s: %s", row, result.story()).isBetween(row.settings().way().leastOfLibrist, Crossing.PACKETS);
    }
}
