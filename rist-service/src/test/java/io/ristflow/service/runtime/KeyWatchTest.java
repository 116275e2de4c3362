package io.ristflow.service.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.ristflow.core.api.Parity;
import io.ristflow.service.config.KeyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks are taken by hand; that they are taken once a second shows PassphrasesLiveTest. */
class KeyWatchTest {
    @TempDir
    Path dir;

    private final List<String> taken = new ArrayList<>();
    private RuntimeException refusal;
    private Path file;
    private KeyWatch watch;

    @BeforeEach
    void aSecret() throws IOException {
        Files.createDirectory(dir.resolve("studio"));
        file = dir.resolve("studio/passphrase");
        Files.writeString(file, "first\n");
        watch = watching(file);
    }

    private KeyWatch watching(Path path) {
        return new KeyWatch(List.of(new KeyFile("flow", "main", -1, Parity.EVEN, path, "first")), (which, passphrase) -> {
            if (refusal != null) throw refusal;
            taken.add(passphrase);
        });
    }

    private void looks(int times) {
        for (int i = 0; i < times; i++) watch.look();
    }

    @Test
    void fileThatStaysAsItIsSaysNothing() {
        looks(5);
        assertThat(taken).isEmpty();
    }

    @Test
    void changeIsTakenOnceWhenTwoLooksHaveFoundTheSame() throws IOException {
        Files.writeString(file, "sec");
        looks(1);
        Files.writeString(file, "second\n");
        looks(1);
        assertThat(taken).as("may be half written").isEmpty();
        looks(3);
        assertThat(taken).containsExactly("second");
        Files.writeString(file, "first");
        looks(3);
        assertThat(taken).as("and back").containsExactly("second", "first");
    }

    @Test
    void whatIsNoPassphraseChangesNothing() throws IOException {
        for (String content : List.of("", "\n", "x".repeat(128), "a\0b")) {
            Files.writeString(file, content);
            looks(3);
        }
        Files.write(file, new byte[] {(byte) 0xFF, (byte) 0xFE});
        looks(3);
        Files.delete(file);
        looks(3);
        assertThat(taken).isEmpty();
        Files.writeString(file, "second");
        looks(2);
        assertThat(taken).containsExactly("second");
    }

    /** As the kubelet does: the file is a link to ..data/passphrase, and ..data, a link to a folder, is swapped. */
    @Test
    void swappedFolderOfAMountedSecretIsAChange() throws IOException {
        Path mount = Files.createDirectory(dir.resolve("mounted"));
        Files.writeString(Files.createDirectory(mount.resolve("..2026_1")).resolve("passphrase"), "first");
        Files.createSymbolicLink(mount.resolve("..data"), Path.of("..2026_1"));
        Files.createSymbolicLink(mount.resolve("passphrase"), Path.of("..data/passphrase"));
        watch = watching(mount.resolve("passphrase"));
        looks(2);
        Files.writeString(Files.createDirectory(mount.resolve("..2026_2")).resolve("passphrase"), "second");
        Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of("..2026_2"));
        Files.move(mount.resolve("..data_tmp"), mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        looks(2);
        assertThat(taken).containsExactly("second");
    }

    @Test
    void changeThatCouldNotBeTakenIsTriedAgain() throws IOException {
        refusal = new IllegalStateException("a flow's event loop did not answer within 10000 ms");
        Files.writeString(file, "second");
        looks(3);
        refusal = null;
        looks(1);
        assertThat(taken).containsExactly("second");
    }
}
