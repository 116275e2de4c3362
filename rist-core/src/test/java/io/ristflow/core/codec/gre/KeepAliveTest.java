package io.ristflow.core.codec.gre;

import static io.ristflow.core.codec.Wire.OFF;
import static io.ristflow.core.codec.Wire.at;
import static io.ristflow.core.codec.Wire.end;
import static io.ristflow.core.codec.Wire.hex;
import static io.ristflow.core.codec.Wire.prefixes;
import static io.ristflow.core.codec.Wire.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ristflow.core.codec.Golden;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KeepAliveTest {
    private static final byte[] MAC = hex("02 11 22 33 44 55");

    @Test
    void libristsMessageIsReadAndWritten() {
        KeepAlive message = new KeepAlive(MAC, KeepAlive.LIBRIST_CAPABILITIES1, KeepAlive.LIBRIST_CAPABILITIES2, false, 0, "");
        assertThat(read(Golden.KEEP_ALIVE.bytes())).isEqualTo(message);
        assertThat(written(b -> message.write(b, OFF))).isEqualTo(Golden.KEEP_ALIVE.bytes());
        assertThat(message.advanced()).isFalse();
    }

    @Test
    void extensionBlockSpeaksOfTheAdvancedProfile() {
        KeepAlive message = new KeepAlive(MAC, 0x25, 0x20, true, KeepAlive.BLOCK_ADVANCED | KeepAlive.BLOCK_COMPRESSION, "");
        assertThat(read(Golden.KEEP_ALIVE_BLOCK.bytes())).isEqualTo(message);
        assertThat(written(b -> message.write(b, OFF))).isEqualTo(Golden.KEEP_ALIVE_BLOCK.bytes());
        assertThat(message.advanced()).isTrue();
        assertThat(message.compression()).isTrue();
    }

    @Test
    void capabilityBitsOfTr063SpeakOfTheAdvancedProfileToo() {
        KeepAlive message = read(hex("02 11 22 33 44 55 25 25  # V, C, I"));
        assertThat(message.advanced()).isTrue();
        assertThat(message.compression()).isTrue();
        assertThat(message.advancedBlock()).isFalse();
    }

    @Test
    void jsonIsToldFromABlockByItsBraceAndLosesItsZero() {
        KeepAlive message = read(Golden.KEEP_ALIVE_JSON.bytes());
        assertThat(message.json()).isEqualTo("{\"a\":1}");
        assertThat(message.advancedBlock()).isFalse();
        assertThat(message.capabilities2() & KeepAlive.CAP2_JSON).isNotZero();
    }

    @Test
    void jsonMayFollowTheBlock() {
        KeepAlive message = read(Golden.KEEP_ALIVE_BLOCK_JSON.bytes());
        assertThat(message).isEqualTo(new KeepAlive(MAC, 0x25, 0x30, true, KeepAlive.BLOCK_ADVANCED, "{}"));
        assertThat(written(b -> message.write(b, OFF))).isEqualTo(Golden.KEEP_ALIVE_BLOCK_JSON.bytes());
    }

    @Test
    void shortMessagesAreMalformed() {
        for (byte[] cut : prefixes(Golden.KEEP_ALIVE.bytes())) assertThat(read(cut)).isNull();
    }

    @Test
    void strayBytesAreDropped() {
        assertThat(read(hex("02 11 22 33 44 55 25 20 00 00 00  # less than a block")))
                .isEqualTo(new KeepAlive(MAC, 0x25, 0x20, false, 0, ""));
        assertThat(read(hex("02 11 22 33 44 55 25 20 80 00 00 00 41 42  # no JSON behind the block")).json()).isEmpty();
    }

    @Test
    void jsonIsBounded() {
        byte[] long1 = Arrays.copyOf(Golden.KEEP_ALIVE.bytes(), 9_000);
        Arrays.fill(long1, 8, long1.length, (byte) '{');
        assertThat(read(long1).json()).hasSize(KeepAlive.MAX_JSON_CHARS);
        assertThat(new KeepAlive(MAC, 0, 0, false, 0, "{".repeat(9_000)).json()).hasSize(KeepAlive.MAX_JSON_CHARS);
    }

    @Test
    void brokenUtf8IsReadAsReplacementCharacters() {
        assertThat(read(hex("02 11 22 33 44 55 25 30 7B FF C0 7D")).json()).startsWith("{").endsWith("}").contains("\uFFFD");
    }

    @Test
    void jsonIsWrittenAsUtf8() {
        KeepAlive message = new KeepAlive(MAC, 0x25, 0x30, false, 0, "{\"n\":\"ü\"}");
        byte[] bytes = written(b -> message.write(b, OFF));
        assertThat(bytes).hasSize(8 + message.json().getBytes(StandardCharsets.UTF_8).length);
        assertThat(read(bytes)).isEqualTo(message).hasSameHashCodeAs(message);
    }

    @Test
    void ourOwnWrongMacIsRefusedInWords() {
        assertThatThrownBy(() -> new KeepAlive(new byte[5], 0, 0, false, 0, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mac has 5 bytes");
    }

    private static KeepAlive read(byte[] message) {
        KeepAlive read = KeepAlive.read(at(message), OFF, end(message));
        if (read != null) {
            int capabilities = KeepAlive.advancedCapabilities(at(message), OFF, end(message));
            assertThat((capabilities & KeepAlive.BLOCK_ADVANCED) != 0).isEqualTo(read.advanced());
            assertThat((capabilities & KeepAlive.BLOCK_COMPRESSION) != 0).isEqualTo(read.compression());
        }
        return read;
    }
}
