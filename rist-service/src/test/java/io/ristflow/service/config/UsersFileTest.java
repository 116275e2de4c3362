package io.ristflow.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ristflow.core.config.SrpConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsersFileTest {
    @Test
    void usersOfAListenerAreReadFromItsFile(@TempDir Path dir) throws Exception {
        Path file = Files.writeString(dir.resolve("users"), "alice:AAEC:AAECAw:3:1\n");
        Endpoint.RistInput input = (Endpoint.RistInput) FlowSpecs.input("rist://@:5000?srp-file=" + file, new FakeResolver());
        assertThat(input.session().srp()).isEqualTo(SrpConfig.ofUsers("alice:AAEC:AAECAw:3:1\n"));
        assertThat(input.toString()).doesNotContain("AAEC");
    }

    @Test
    void fileThatCannotBeReadIsNamed(@TempDir Path dir) throws Exception {
        String missing = dir.resolve("missing").toString();
        assertThatThrownBy(() -> FlowSpecs.input("rist://@:5000?srp-file=" + missing, new FakeResolver()))
                .hasMessageContaining("srp-file: " + missing + " does not exist; write a line for each user into it: ristsrppasswd USER PASSWORD");
        Path binary = Files.write(dir.resolve("binary"), new byte[] {(byte) 0xC3, (byte) 0x28});
        assertThatThrownBy(() -> FlowSpecs.input("rist://@:5000?srp-file=" + binary, new FakeResolver())).hasMessageContaining("is no text");
        assertThatThrownBy(() -> FlowSpecs.input("rist://@:5000?srp-file=" + dir, new FakeResolver())).hasMessageContaining("srp-file: ");
        Path empty = Files.createFile(dir.resolve("empty"));
        assertThatThrownBy(() -> FlowSpecs.output("rist://@:5000?srp-file=" + empty, new FakeResolver())).hasMessageContaining("srp-file: is empty");
    }
}
