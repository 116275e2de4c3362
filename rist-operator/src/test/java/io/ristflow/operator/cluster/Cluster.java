package io.ristflow.operator.cluster;

import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The cluster under test, on this machine: its API, its node, and the script that rules its components. */
final class Cluster implements AutoCloseable {
    static final String TEST_LABEL = "ristflow.io/test";

    private final KubernetesClient client;
    private final String nodeAddress;

    Cluster() {
        client = newClient();
        nodeAddress = client.nodes().list().getItems().stream()
                .flatMap(node -> node.getStatus().getAddresses().stream())
                .filter(address -> address.getType().equals("InternalIP"))
                .map(NodeAddress::getAddress)
                .findFirst().orElseThrow(() -> new IllegalStateException("the cluster has no node with an InternalIP"));
    }

    /** What is not there of what the tests need; empty if all is. */
    static List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (!executable("RIST_CLUSTER", "")) missing.add("RIST_CLUSTER names no script that rules a cluster");
        if (!readable(System.getenv("KUBECONFIG"))) missing.add("KUBECONFIG names no file");
        if (!executable("RIST_PEERS", "sid/ristsender")) missing.add("no sid/ristsender under RIST_PEERS (.ci/peers fetches it)");
        return missing;
    }

    private static boolean executable(String variable, String below) {
        String value = System.getenv(variable);
        return value != null && !value.isBlank() && Files.isExecutable(Path.of(value).resolve(below)) && !Files.isDirectory(Path.of(value).resolve(below));
    }

    private static boolean readable(String file) {
        return file != null && !file.isBlank() && Files.isReadable(Path.of(file));
    }

    static Path kubeconfig() {
        return Path.of(System.getenv("KUBECONFIG"));
    }

    /** One more client, for a test that stops the API server and wants a connection of its own. */
    static KubernetesClient newClient() {
        try {
            return new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(Files.readString(kubeconfig()))).build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    KubernetesClient client() {
        return client;
    }

    /** Address of the node, which is this machine: where peers call node ports, and where pods reach this process. */
    String nodeAddress() {
        return nodeAddress;
    }

    /** @param component such as kube-apiserver */
    void stop(String component) {
        script("stop", component);
    }

    void start(String component) {
        script("start", component);
    }

    /** Makes an image of {@code folder/rootfs} and {@code folder/image.json}. */
    void load(Path folder, String image) {
        script("load", folder.toString(), image);
    }

    private static void script(String... arguments) {
        run(null, Stream.concat(Stream.of(System.getenv("RIST_CLUSTER")), Arrays.stream(arguments)).toList());
    }

    /**
     * Runs a program to its end.
     *
     * @return its standard output
     * @throws IllegalStateException if its status is not 0, with what it wrote
     */
    static String run(Path folder, List<String> command) {
        try {
            Path errors = Files.createTempFile("cluster-test", ".log");
            try {
                ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
                if (folder != null) builder.directory(folder.toFile());
                Process process = builder.start();
                process.getOutputStream().close();
                String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
                if (process.waitFor() != 0) throw new IllegalStateException(String.join(" ", command) + ": " + output + Files.readString(errors));
                return output;
            } finally {
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + command.getFirst(), e);
        }
    }

    /** The JVM of a pod as a process of this machine, which is the node. */
    ProcessHandle processOf(Pod pod) {
        // a pod's cgroup bears its uid, with dashes or, by systemd's driver, with underscores
        String uid = pod.getMetadata().getUid();
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().command().filter(command -> command.endsWith("/bin/java")).isPresent())
                .filter(process -> cgroup(process).replace('_', '-').contains(uid))
                .findFirst().orElseThrow(() -> new IllegalStateException("no JVM runs in pod " + pod.getMetadata().getName()));
    }

    private static String cgroup(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cgroup"));
        } catch (IOException e) {
            return ""; // it ended
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
