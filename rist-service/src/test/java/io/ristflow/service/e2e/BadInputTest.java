package io.ristflow.service.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mistakes, as a user makes them on the command line of the real program: one line on standard error, which names what is wrong with what and what to do, and a status that is not zero: 2 for what can be
 * known beforehand, 1 for what shows at the start. Nothing on standard output, no stack trace, no log line, no secret.
 *
 * <p>In the table {@code HUNTER2} is a secret, {@code ^} a blank inside an argument; DIR, TAKEN (a UDP port in use), EVEN (an even port whose next is in use), HTTP (a TCP port in use) and FREE stand for
 * what the test has made.
 */
class BadInputTest {
    private static final String MISTAKES = """
            run -i rist://@ -o null: | input rist://@: port: missing; write rist://@host:port with a port of 1..65535
            run -i rist://@: -o null: | input rist://@:: port: missing after the colon; 1..65535 are allowed
            run -i rist://@:70000 -o null: | input rist://@:70000: port: 70000 is not in 1..65535
            run -i rist://@:50x0 -o null: | input rist://@:50x0: port: 50x0 is not a whole number; 1..65535 are allowed
            run -i rist://:5000 -o null: | input rist://:5000: host: missing; write rist://host:5000 to call or rist://@:5000 to listen
            run -i rist://@::1:5000 -o null: | input rist://@::1:5000: host: an IPv6 address stands in brackets: rist://[2001:db8::1]:5000
            run -i rist://192.0.2:5000 -o null: | input rist://192.0.2:5000: host: 192.0.2 is not an IPv4 address of four numbers in 0..255, such as 192.0.2.1
            run -i rist://nowhere.invalid:5000 -o null: | input rist://nowhere.invalid:5000: host: nowhere.invalid cannot be resolved to an address; check its spelling, or write the IP address
            run -i rist://0.0.0.0:5000 -o null: | input rist://0.0.0.0:5000: host: 0.0.0.0 is every address, to which nothing can be sent; write the one to send to
            run -i rist://HUNTER2@host:5000 -o null: | input rist://***@host:5000: host: a user before the @ is not part of rist://; write rist://host:port or, to listen, rist://@:port
            run -i rist://@:5000/live -o null: | input rist://@:5000/live: host: a path after the port is not part of rist://; write rist://host:port?key=value
            run -i rist://@:5000&secret=HUNTER2 -o null: | input rist://@:5000: port: parameters start with ?, not with &; write rist://host:port?key=value&key=value
            run -i rist://@:5000?bufer=100&secret=HUNTER2 -o null: | input rist://@:5000: bufer: not a parameter of rist://; did you mean buffer?
            run -i rist://@:5000?passphrase=HUNTER2 -o null: | input rist://@:5000: passphrase: not a parameter of rist://; here it is called secret
            run -i rist://@:5000?buffer=1s -o null: | input rist://@:5000: buffer: 1s is not a whole number; 1..30000 ms are allowed
            run -i rist://@:5000?buffer=30001 -o null: | input rist://@:5000: buffer: 30001 ms is not in 1..30000 ms
            run -i rist://@:5000?buffer-min=900&buffer-max=300 -o null: | input rist://@:5000: buffer-min: 900 ms is above buffer-max 300 ms; lower the one or raise the other
            run -i rist://@:5000?secret=HUNTER2&aes-type=192&profile=main -o null: | input rist://@:5000: aes-type: *
            run -i rist://@:5000?aes-type=256 -o null: | input rist://@:5000: aes-type: 256 without a secret; add secret=… or leave aes-type out
            run -i rist://@:5000?profile=simple&secret=HUNTER2 -o null: | input rist://@:5000: *
            run -i rist://@:5000?dialect=strict&profile=main -o null: | input rist://@:5000: dialect: strict is for the Advanced profile; add profile=advanced or leave dialect out
            run -i rist://@:5001?profile=simple -o null: | input rist://@:5001: port: 5001 is odd; the Simple profile needs an even port in 2..65534 as the next port carries RTCP
            run -i rist://@:5000?npd=1 -o null: | input rist://@:5000: npd: belongs to a sender (an output); leave it out here
            run -i test: -o rist://127.0.0.1:5000?nack-type=range | output rist://127.0.0.1:5000: nack-type: belongs to a receiver (an input); leave it out here
            run -i test: -o rist://127.0.0.1:5000?flow-id=7 | output rist://127.0.0.1:5000: flow-id: 7 is odd; the low bit marks retransmissions, take an even number
            run -i rist://@:5000?miface=eth77 -o null: | input rist://@:5000: miface: eth77 is not there; this machine has *
            run -i udp://@239.1.1.1:5000?miface=eth77 -o null: | input udp://@239.1.1.1:5000: miface: eth77 is not there; this machine has *
            run -i udp://@127.0.0.1:5000?source=192.0.2.1 -o null: | input udp://@127.0.0.1:5000: source: selects senders of a multicast group, but 127.0.0.1 is not one (224.0.0.0/4 or ff00::/8)
            run -i test: -o udp://@239.1.1.1:5000 | output udp://@239.1.1.1:5000: host: an @ listens, but an output sends; write udp://host:port
            run -i srt://192.0.2.1:5000 -o null: | input srt://192.0.2.1:5000: url: SRT is not spoken here; have the other end use rist://, or put a converter between that speaks udp:// to this one
            run -i clip.ts -o null: | input clip.ts: url: no scheme; known: rist://, udp://, rtp://, file:, pipe:, -, test: (a file is written file:clip.ts)
            run -i null: -o null: | input null:: url: null: is an output; for a signal out of nothing take test:
            run -i test:?mbps=1001 -o null: | input test:: mbps: 1001 is not in 0.05..1000
            run -i file:DIR/missing.ts -o null: | input file:DIR/missing.ts: file: DIR/missing.ts is not there
            run -i file:DIR -o null: | input file:DIR: file: DIR is a directory; name a file in it
            run -i test: -o file:DIR | output file:DIR: file: DIR is a directory; name a file in it
            run -i test: -o file:DIR/none/out.ts | output file:DIR/none/out.ts: file: the directory DIR/none is not there; make it first
            run -i test: -o file:DIR/x.ts -o file:DIR/x.ts | output output-2: the file DIR/x.ts is already used by output-1; take another one
            run -i rist://@:5000 -o rist://@:5000 | output output-1: UDP port 5000 is already used by input-1; take another one
            run -i test: -o - -o - | output output-2: standard output is already used by output-1; take another one
            run -i test: -o null: --http nowhere.invalid:80 | --http: nowhere.invalid cannot be resolved to an address; check its spelling, or write the IP address
            run -i test: -o null: --sekret HUNTER2 | --sekret: not an option of rist run; *
            run -f DIR/missing.yaml | DIR/missing.yaml: not there
            run -f DIR | DIR: a directory; name a file in it
            run -f DIR/good.yaml --secrets DIR/missing | --secrets: DIR/missing is not a directory; it holds a file NAME/KEY for each key of each Secret
            run -f DIR/no-secret.yaml | DIR/no-secret.yaml: spec.inputs[0].rist.encryption.secretRef: there is no Secret absent, whose key passphrase is wanted (looked in DIR/no-secret.yaml; --secrets DIR would add files)
            run -f DIR/no-secret.yaml --secrets DIR | DIR/no-secret.yaml: spec.inputs[0].rist.encryption.secretRef: there is no Secret absent, whose key passphrase is wanted (looked in DIR/no-secret.yaml and DIR/absent)
            run -f DIR/port.yaml | DIR/port.yaml: spec.inputs[0].rist.paths[0].listen.port: 70000 is not in 1..65535
            run -f DIR/typo.yaml | DIR/typo.yaml: spec.inputs[0].rist.profil: unknown field; did you mean profile?
            run -f DIR/interface.yaml | DIR/interface.yaml: spec.inputs[0].rist.paths[0].interface: eth77 is not there; this machine has *
            run -f DIR/host.yaml | DIR/host.yaml: spec.outputs[0].udp.host: nowhere.invalid cannot be resolved to an address; check its spelling, or write the IP address
            run -f DIR/kind.yaml | DIR/kind.yaml: kind: Deployment is not read here; known: RistFlow (ristflow.io/v1alpha1), Secret (v1)
            run -f DIR/broken.yaml | DIR/broken.yaml: line *not well-formed YAML; check indentation, colons and quotes around there
            """;

    private static final String FAILURES = """
            run -i rist://@:TAKEN -o null: | input rist://@:TAKEN: port: 0.0.0.0:TAKEN is in use by another program; choose another port or stop it
            run -i rist://@:EVEN?profile=simple -o null: | input rist://@:EVEN: port: 0.0.0.0:NEXT is in use by another program; choose another port or stop it (the Simple profile takes two ports: EVEN for RTP and the next for RTCP)
            run -i udp://@:TAKEN -o null: --name studio | flow studio: input udp://@:TAKEN: port: 0.0.0.0:TAKEN is in use by another program; choose another port or stop it
            run -i test: -o null: -o rist://127.0.0.1:5000?local-port=TAKEN | output rist://127.0.0.1:5000: port: 0.0.0.0:TAKEN is in use by another program; choose another port or stop it
            run -i rist://@192.0.2.77:FREE -o null: | input rist://@192.0.2.77:FREE: address: 192.0.2.77 is not an address of this machine; it has *
            run -i test: -o null: --http HTTP | --http: 127.0.0.1:HTTP is in use by another program; choose another port (0: any that is free) or stop it
            run -i test: -o null: --http 192.0.2.77:80 | --http: 192.0.2.77:80 is not an address of this machine; take 127.0.0.1, 0.0.0.0 for every address, or one that it has
            run -i file:DIR/words.ts -o null: | input file:DIR/words.ts: file: DIR/words.ts is no MPEG-TS (no packets of 188 bytes found); give a transport stream
            run -i test: -o file:/proc/rist.ts | output file:/proc/rist.ts: file: /proc/rist.ts cannot be written: no such file or folder; check the folder and its permissions
            run -f DIR/taken.yaml | flow studio: input rist://@:TAKEN: port: 0.0.0.0:TAKEN is in use by another program; choose another port or stop it
            """;

    /** As a user without rights has it: being root does not help against a file that nobody may read, once that right of root's is taken away. */
    private static final String WITHOUT_RIGHTS = """
            run -i file:DIR/locked.ts -o null: | input file:DIR/locked.ts: file: DIR/locked.ts may not be read by this user
            run -i test: -o file:DIR/locked.ts | output file:DIR/locked.ts: file: DIR/locked.ts may not be written by this user
            run -i test: -o file:DIR/locked/out.ts | output file:DIR/locked/out.ts: file: DIR/locked/out.ts may not be written by this user
            run -f DIR/locked.yaml | DIR/locked.yaml: cannot be read; check its permissions
            run -f DIR/no-secret.yaml --secrets DIR/keys | DIR/no-secret.yaml: spec.inputs[0].rist.encryption.secretRef: DIR/keys/absent/passphrase cannot be read; check its permissions
            """;

    private record Answer(int status, String out, String err) {}

    private record Row(String line, String message, int status, List<String> prefix) {}

    @TempDir
    static Path folder;

    private static DatagramSocket taken;
    private static DatagramSocket next;
    private static ServerSocket http;
    private static int even;
    private static int free;
    private static ExecutorService threads;
    private static final List<Row> ROWS = new ArrayList<>();
    private static final List<Future<Answer>> ANSWERS = new ArrayList<>();

    @BeforeAll
    static void askAll() throws Exception {
        taken = new DatagramSocket(0);
        even = FreePorts.udpPair();
        next = new DatagramSocket(even + 1);
        free = FreePorts.udpPair();
        http = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        writeFiles();
        rows(MISTAKES, 2, List.of());
        rows(FAILURES, 1, List.of());
        rows(WITHOUT_RIGHTS, 2, withoutRights());
        threads = Executors.newFixedThreadPool(2);
        for (Row row : ROWS) ANSWERS.add(threads.submit((Callable<Answer>) () -> ask(row)));
    }

    @AfterAll
    static void close() throws Exception {
        threads.shutdownNow();
        taken.close();
        next.close();
        http.close();
    }

    private static void writeFiles() throws Exception {
        String good = """
                apiVersion: ristflow.io/v1alpha1
                kind: RistFlow
                metadata: {name: studio}
                spec:
                  inputs:
                  - name: main
                    rist:
                      profile: Main
                      paths:
                      - {name: wan, listen: {port: 5000}}
                  outputs:
                  - {name: monitor, udp: {host: 127.0.0.1, port: 5004}}
                """;
        write("good.yaml", good);
        write("no-secret.yaml", good.replace("      profile: Main\n", "      profile: Main\n      encryption: {secretRef: {name: absent, key: passphrase}}\n"));
        write("port.yaml", good.replace("5000", "70000"));
        write("taken.yaml", good.replace("5000", Integer.toString(taken.getLocalPort())));
        write("typo.yaml", good.replace("profile", "profil"));
        write("interface.yaml", good.replace("name: wan,", "name: wan, interface: eth77,"));
        write("host.yaml", good.replace("127.0.0.1", "nowhere.invalid"));
        write("kind.yaml", good.replace("RistFlow", "Deployment"));
        write("broken.yaml", good.replace("metadata: {name", "metadata: {HUNTER2: ["));
        write("words.ts", "no transport stream\n".repeat(1_000));
        Files.createDirectories(folder.resolve("keys/absent"));
        for (String locked : List.of("locked.ts", "locked.yaml", "keys/absent/passphrase")) {
            write(locked, "HUNTER2");
            Files.setPosixFilePermissions(folder.resolve(locked), PosixFilePermissions.fromString("---------"));
        }
        Files.createDirectory(folder.resolve("locked"), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
    }

    private static void write(String name, String text) throws Exception {
        Files.writeString(folder.resolve(name), text);
    }

    private static List<String> withoutRights() throws Exception {
        boolean root = !Files.getOwner(folder).getName().isEmpty() && Files.isReadable(folder.resolve("locked.ts"));
        return root ? List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--") : List.of();
    }

    private static void rows(String table, int status, List<String> prefix) {
        for (String line : table.strip().split("\n")) {
            int bar = line.indexOf(" | ");
            ROWS.add(new Row(line.substring(0, bar).strip(), line.substring(bar + 3).strip(), status, prefix));
        }
    }

    private static String filled(String text) {
        return text.replace("DIR would", "\u0001").replace("DIR", folder.toString()).replace("\u0001", "DIR would").replace("TAKEN", Integer.toString(taken.getLocalPort()))
                .replace("EVEN", Integer.toString(even)).replace("NEXT", Integer.toString(even + 1)).replace("HTTP", Integer.toString(http.getLocalPort())).replace("FREE", Integer.toString(free));
    }

    private static Answer ask(Row row) throws Exception {
        String[] arguments = Arrays.stream(row.line().split(" ")).map(a -> filled(a.replace('^', ' '))).toArray(String[]::new);
        try (RistProcess rist = RistProcess.start(row.prefix(), arguments)) {
            int status = rist.awaitExit(30_000);
            return new Answer(status, new String(rist.out(), StandardCharsets.UTF_8), rist.err());
        }
    }

    @TestFactory
    Stream<DynamicTest> mistakeIsOneLineThatNamesItAndAStatusThatIsNotZero() {
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < ROWS.size(); i++) {
            Row row = ROWS.get(i);
            Future<Answer> answer = ANSWERS.get(i);
            tests.add(DynamicTest.dynamicTest(row.line(), () -> check(row, answer.get())));
        }
        return tests.stream();
    }

    private static void check(Row row, Answer answer) {
        assertThat(answer.err()).startsWith("rist: ").endsWith("\n").hasLineCount(1).doesNotContain("HUNTER2", "Exception", "\tat ");
        String said = answer.err().substring("rist: ".length()).strip();
        String expected = filled(row.message());
        int star = expected.indexOf('*', expected.indexOf("***") < 0 ? 0 : expected.indexOf("***") + 3);
        if (star < 0) assertThat(said).isEqualTo(expected);
        else assertThat(said).startsWith(expected.substring(0, star)).endsWith(expected.substring(star + 1)).hasSizeGreaterThan(expected.length());
        assertThat(answer.status()).isEqualTo(row.status());
        assertThat(answer.out()).isEmpty();
    }

    @Test
    void tableHoldsFortyMistakesAndMore() {
        assertThat(ROWS).hasSizeGreaterThanOrEqualTo(65);
    }
}
