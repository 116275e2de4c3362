package io.ristflow.service.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.Fault;
import io.ristflow.core.api.SessionEvent;
import io.ristflow.service.runtime.InputEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SessionLogTest {
    private static final long SECOND = 1_000_000_000L;
    private static final String REMOTE = "192.0.2.44:6000";

    private final List<ExtLogRecord> lines = new ArrayList<>();
    private final AtomicLong now = new AtomicLong(1000 * SECOND);
    private final SessionLog log = new SessionLog(now::get);
    private final Logger category = LogContext.getLogContext().getLogger(SessionLog.CATEGORY);
    private Level before;

    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            ExtLogRecord ext = ExtLogRecord.wrap(line);
            ext.copyMdc();
            lines.add(ext);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        before = category.getLevel();
        category.setLevel(org.jboss.logmanager.Level.DEBUG);
        category.addHandler(handler);
    }

    @AfterEach
    void unlisten() {
        category.removeHandler(handler);
        category.setLevel(before);
    }

    static Object[][] events() {
        int id = Snapshots.FLOW_ID;
        return new Object[][] {
            {new SessionEvent.PeerConnected(3, id, "enc"), "INFO", "f/main " + REMOTE + ": peer connected as enc, flow id 3000000002"},
            {new SessionEvent.PeerConnected(3, 0, ""), "INFO", "f/main " + REMOTE + ": peer connected"},
            {new SessionEvent.PeerLost(3, "silent for 2,000 ms"), "INFO", "f/main " + REMOTE + ": peer lost: silent for 2,000 ms"},
            {new SessionEvent.FaultRaised(3, Fault.PROFILE_MISMATCH, "it speaks Simple, this port Main"), "WARN", "f/main " + REMOTE + ": ProfileMismatch: it speaks Simple, this port Main"},
            {new SessionEvent.FlowStarted(id, 3), "INFO", "f/main " + REMOTE + ": media arrives, flow id 3000000002"},
            {new SessionEvent.FlowEnded(id, "its peers left"), "INFO", "f/main " + REMOTE + ": media ended: its peers left, flow id 3000000002"},
            {new SessionEvent.BufferChanged(id, 250_000_000L), "DEBUG", "f/main " + REMOTE + ": recovery buffer is now 250 ms, flow id 3000000002"},
            {new SessionEvent.TargetBitrate(12, 4_640_000), "INFO", "f/main " + REMOTE + ": the encoder should send 4640 kbit/s, flow id 12"},
            {new SessionEvent.RebindWanted(3), "INFO", "f/main " + REMOTE + ": nothing heard, trying another source port"},
        };
    }

    @Test
    void changeBetweenTwoInputsIsALineWithTheInputAsItsEndpoint() {
        log.onInput("f", "backup", new InputEvent(true, "main is silent"));
        log.onInput("f", "main", new InputEvent(false, "backup took over"));
        log.onInput("f", "main", new InputEvent(true, "preferred and well"));
        log.onInput("f", "backup", new InputEvent(false, "does not carry the same packets as main"));
        assertThat(texts()).containsExactly("WARN f/backup: input is active: main is silent", "INFO f/main: input is not active: backup took over", "INFO f/main: input is active: preferred and well",
                "WARN f/backup: input is not active: does not carry the same packets as main");
        assertThat(lines.getFirst().getMdc("event")).isEqualTo("InputActive");
        assertThat(lines.getFirst().getMdc("endpoint")).isEqualTo("backup");
    }

    @ParameterizedTest
    @MethodSource("events")
    void eachEventIsOneLineOfItsLevel(SessionEvent event, String level, String text) {
        log.onEvent("f", "main", REMOTE, event);
        assertThat(texts()).containsExactly(level + " " + text);
    }

    @Test
    void fieldsAreThereForPrograms() {
        raise();
        assertThat(lines.getFirst().getMdcCopy())
                .containsEntry("flow", "f")
                .containsEntry("endpoint", "main")
                .containsEntry("path", "3")
                .containsEntry("remote", REMOTE)
                .containsEntry("event", "FaultRaised")
                .containsEntry("reason", "PassphraseMismatch");
        log.onEvent("f", "main", null, new SessionEvent.BufferChanged(2, 1));
        assertThat(lines.get(1).getMdcCopy()).containsOnlyKeys("flow", "endpoint", "event");
        assertThat(lines.get(1).getMessage()).startsWith("f/main: recovery buffer");
    }

    @Test
    void theEndOfAFaultIsTold() {
        raise();
        now.addAndGet(SECOND);
        clear();
        assertThat(texts()).containsExactly("WARN f/main " + REMOTE + ": PassphraseMismatch: detail", "INFO f/main " + REMOTE + ": PassphraseMismatch is over");
    }

    @Test
    void aFlappingFaultIsWrittenOnceInTenSecondsWithACount() {
        for (int i = 0; i < 100; i++) {
            raise();
            clear();
            log.tick();
            now.addAndGet(SECOND / 2);
        }
        // 50 s: begin and end at 0 s, then one line, or begin and end, in ten seconds.
        assertThat(lines).hasSizeBetween(6, 12);
        assertThat(texts()).filteredOn(line -> line.contains("times more in the last 10 s")).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void aFaultThatStaysOnAfterFlappingIsToldToBeOn() {
        raise();
        clear();
        raise();
        now.addAndGet(9 * SECOND);
        log.tick();
        assertThat(lines).as("quiet for ten seconds").hasSize(2);
        now.addAndGet(SECOND);
        log.tick();
        log.tick();
        assertThat(texts().subList(2, lines.size())).containsExactly("WARN f/main " + REMOTE + ": PassphraseMismatch: detail (raised 1 time more in the last 10 s)");
        clear();
        assertThat(texts().getLast()).isEqualTo("INFO f/main " + REMOTE + ": PassphraseMismatch is over");
    }

    @Test
    void anotherPeerAndAnotherFaultHaveLinesOfTheirOwn() {
        raise();
        log.onEvent("f", "main", "192.0.2.45:6000", new SessionEvent.FaultRaised(4, Fault.PASSPHRASE_MISMATCH, "detail"));
        log.onEvent("f", "main", REMOTE, new SessionEvent.FaultRaised(3, Fault.NO_SDES, "detail"));
        log.onEvent("g", "main", REMOTE, new SessionEvent.FaultRaised(3, Fault.PASSPHRASE_MISMATCH, "detail"));
        assertThat(lines).hasSize(4);
    }

    @Test
    void aFaultThatCeasedIsForgottenAndWrittenAtOnceWhenItComesBack() {
        raise();
        clear();
        now.addAndGet(11 * SECOND);
        log.tick();
        raise();
        assertThat(texts()).hasSize(3).last().isEqualTo("WARN f/main " + REMOTE + ": PassphraseMismatch: detail");
    }

    @Test
    void aPeersNameCannotWriteALineOfItsOwn() {
        log.onEvent("f", "main", REMOTE, new SessionEvent.PeerConnected(3, 0, "x\n10:00:00 INFO  ristflow.session \u001b[31mfake"));
        assertThat(lines.getFirst().getMessage()).endsWith("as x?10:00:00 INFO  ristflow.session ?[31mfake");
    }

    private void raise() {
        log.onEvent("f", "main", REMOTE, new SessionEvent.FaultRaised(3, Fault.PASSPHRASE_MISMATCH, "detail"));
    }

    private void clear() {
        log.onEvent("f", "main", REMOTE, new SessionEvent.FaultCleared(3, Fault.PASSPHRASE_MISMATCH));
    }

    private List<String> texts() {
        return lines.stream().map(line -> line.getLevel() + " " + line.getMessage()).toList();
    }
}
