package io.ristflow.service.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./rist} itself: where it is called from and by which name, which Java it takes, what becomes of its process. */
class LauncherTest {
    @TempDir
    Path folder;

    private String version(Path launcher, Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(launcher.toString(), "version").directory(folder.toFile()).redirectErrorStream(true);
        RistProcess.prepare(builder);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    @Test
    void worksFromAnotherFolderAndThroughASymbolicLink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("rist-link"), RistProcess.LAUNCHER);
        Path again = Files.createSymbolicLink(folder.resolve("second link"), Path.of("rist-link"));
        assertThat(version(RistProcess.LAUNCHER, Map.of())).matches("rist [0-9].*\n");
        assertThat(version(link, Map.of())).matches("rist [0-9].*\n");
        assertThat(version(again, Map.of())).matches("rist [0-9].*\n");
    }

    @Test
    void worksInAFolderWithABlankInItsName() throws Exception {
        Path clone = Files.createDirectories(folder.resolve("my clone/rist-service/target")).getParent().getParent();
        Files.copy(RistProcess.LAUNCHER, clone.resolve("rist"));
        Files.setPosixFilePermissions(clone.resolve("rist"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(clone.resolve("rist-service/target/quarkus-app"), RistProcess.JAR.getParent());
        Files.createSymbolicLink(clone.resolve("src-native"), RistProcess.LAUNCHER.resolveSibling("src-native"));
        assertThat(version(clone.resolve("rist"), Map.of())).matches("rist [0-9].*\n");
    }

    @Test
    void findsANewerJavaThanTheDefaultOne() throws Exception {
        Path old = folder.resolve("jdk-17");
        Files.createDirectories(old.resolve("bin"));
        for (String tool : new String[] {"java", "javac"}) {
            Files.writeString(old.resolve("bin").resolve(tool), "#!/bin/sh\necho the old java was started\nexit 9\n");
            Files.setPosixFilePermissions(old.resolve("bin").resolve(tool), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
        Files.createDirectory(folder.resolve(".jdks"));
        Files.createSymbolicLink(folder.resolve(".jdks/jdk-25"), Path.of(System.getProperty("java.home")));
        String path = old.resolve("bin") + ":" + System.getenv("PATH");
        assertThat(version(RistProcess.LAUNCHER, Map.of("JAVA_HOME", old.toString(), "PATH", path, "HOME", folder.toString()))).matches("rist [0-9].*\n");
        assertThat(version(RistProcess.LAUNCHER, Map.of("JAVA_HOME", "", "PATH", path, "HOME", folder.toString()))).matches("rist [0-9].*\n");
    }

    @Test
    void becomesTheProgramSoThatItsProcessIsJava() throws Exception {
        try (RistProcess rist = RistProcess.start("run", "--no-http", "-i", "test:?mbps=1", "-o", "null:").awaitRunning()) {
            assertThat(rist.handle().info().command()).hasValueSatisfying(command -> assertThat(command).endsWith("/bin/java"));
            assertThat(rist.handle().children()).isEmpty();
        }
    }

    @Test
    void wordThatIsNoVerbIsRefused() throws Exception {
        try (RistProcess rist = RistProcess.start("rnu")) {
            assertThat(rist.awaitExit(5_000)).isEqualTo(2);
            assertThat(rist.err()).isEqualTo("rist: 'rnu' is no verb; demo, run, test, bench and version are, and --help explains them\n");
        }
    }
}
