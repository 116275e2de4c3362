package io.ristflow.service.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import org.junit.jupiter.api.Test;

class DatagramPortsTest {
    @Test
    void transportInUseIsToldWithItsReason() {
        try (Rig rig = new Rig(true)) {
            assertThat(DatagramPorts.transport(rig.vertx)).isEqualTo(new DatagramPorts.Transport(true, "epoll", "epoll, recvmmsg and sendmmsg are in use"));
        }
        try (Rig rig = new Rig(false)) {
            assertThat(DatagramPorts.transport(rig.vertx)).isEqualTo(new DatagramPorts.Transport(false, "portable", "asked for by -Dristflow.transport=portable"));
        }
    }

    @Test
    void withoutEpollThePortIsPortableUnlessBatchesAreInsistedOn() {
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(false));
        try {
            DatagramPorts.Transport transport = DatagramPorts.transport(vertx);
            assertThat(transport.batched()).isFalse();
            assertThat(transport.reason()).contains("prefer-native-transport");
            System.setProperty(DatagramPorts.PROPERTY, "batched");
            assertThatThrownBy(() -> DatagramPorts.transport(vertx)).isInstanceOf(PortException.class).hasMessageStartingWith("transport: -Dristflow.transport=batched cannot be had: ");
            System.setProperty(DatagramPorts.PROPERTY, "fast");
            assertThatThrownBy(() -> DatagramPorts.transport(vertx)).hasMessage("transport: -Dristflow.transport=fast is not one of auto, batched, portable");
        } finally {
            System.clearProperty(DatagramPorts.PROPERTY);
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
