package io.ristflow.service.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void portsOfManyFlowsAreEvenDifferentFreeAndNoneThatTheSystemGivesToCallers() throws Exception {
        int taken = Ports.even(1).getFirst();
        try (java.net.DatagramSocket socket = new java.net.DatagramSocket(taken, java.net.InetAddress.getLoopbackAddress())) {
            assertThat(socket.isBound()).isTrue();
            assertThat(Ports.even(400)).hasSize(400).doesNotHaveDuplicates().doesNotContain(taken).allMatch(port -> port % 2 == 0 && port >= 10_000);
        }
        assertThat(Ports.above("32768\t60999\n")).isEqualTo(32_768);
        assertThat(Ports.above("20000 60999")).isEqualTo(20_000);
        assertThat(Ports.above("1024 65535")).as("no room below").isEqualTo(32_768);
        assertThat(Ports.above("")).isEqualTo(32_768);
    }
}
