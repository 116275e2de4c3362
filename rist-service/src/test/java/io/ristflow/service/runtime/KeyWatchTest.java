package io.ristflow.service.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ristflow.core.api.Parity;
import io.ristflow.service.config.EndRef;
import io.ristflow.service.config.FlowKey;
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
        return new KeyWatch(List.of(new FlowKey(new FlowKey.Id("flow", EndRef.input("main"), "", Parity.EVEN), path, "first")), (which, passphrase) -> {
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

    private static FlowKey.Id id(Parity parity) {
        return new FlowKey.Id("flow", EndRef.input("main"), "", parity);
    }

    @Test
    void documentThatNamesAnotherFileIsAChangeAtOnceAndThatFileIsLookedAtFromThenOn() throws IOException {
        Path other = dir.resolve("studio/other");
        Files.writeString(other, "second");
        watch.update(List.of(new FlowKey(id(Parity.EVEN), other, "second")));
        assertThat(taken).containsExactly("second");
        Files.writeString(file, "nobody looks here any more");
        Files.writeString(other, "third");
        looks(2);
        assertThat(taken).containsExactly("second", "third");
    }

    @Test
    void documentThatNamesTheSameFileAgainIsNone() throws IOException {
        watch.update(List.of(new FlowKey(id(Parity.EVEN), file, "half written, or changed a moment ago")));
        assertThat(taken).isEmpty();
        Path copy = dir.resolve("studio/copy");
        Files.writeString(copy, "first");
        watch.update(List.of(new FlowKey(id(Parity.EVEN), copy, "first")));
        assertThat(taken).as("another file, the same passphrase").isEmpty();
    }

    @Test
    void secondPassphraseComesAndGoes() throws IOException {
        Path next = dir.resolve("studio/next");
        Files.writeString(next, "odd");
        watch.update(List.of(new FlowKey(id(Parity.EVEN), file, "first"), new FlowKey(id(Parity.ODD), next, "odd")));
        assertThat(taken).containsExactly("odd");
        watch.retire(id(Parity.ODD));
        assertThat(taken).as("the one that stays is in both places").containsExactly("odd", "first");
        Files.writeString(next, "nobody looks here any more");
        looks(3);
        assertThat(taken).hasSize(2);
    }

    @Test
    void keysOfAnEndThatHasBegunAreInUseAndOfOneThatIsGoneForgotten() throws IOException {
        Path next = dir.resolve("studio/next");
        Files.writeString(next, "of an output");
        FlowKey.Id output = new FlowKey.Id("flow", EndRef.output("main"), "", Parity.EVEN);
        watch.begin(List.of(new FlowKey(output, next, "of an output")));
        looks(3);
        assertThat(taken).isEmpty();
        Files.writeString(next, "changed");
        looks(2);
        assertThat(taken).containsExactly("changed");
        watch.forget(key -> key.end().equals(EndRef.output("main")));
        Files.writeString(next, "again");
        looks(3);
        assertThat(taken).containsExactly("changed");
        Files.writeString(file, "the input of the same name is another end");
        looks(2);
        assertThat(taken).hasSize(2);
    }

    @Test
    void passphraseOfTheDocumentItselfThatCouldNotBeTakenIsTakenAtTheNextTry() {
        refusal = new IllegalStateException("a flow's event loop did not answer within 10000 ms");
        List<FlowKey> wanted = List.of(new FlowKey(id(Parity.EVEN), null, "second"));
        assertThatThrownBy(() -> watch.update(wanted)).hasMessageContaining("did not answer");
        refusal = null;
        watch.update(wanted);
        watch.update(wanted);
        assertThat(taken).containsExactly("second");
    }
}
