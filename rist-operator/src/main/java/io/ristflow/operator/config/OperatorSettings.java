package io.ristflow.operator.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an administrator sets, once for the operator; the chart hands it over as environment variables ({@code RISTFLOW_OPERATOR_MEDIA_IMAGE} is {@code ristflow.operator.media.image}). */
@ConfigMapping(prefix = "ristflow.operator")
public interface OperatorSettings {
    /** Namespaces to look after; none: every namespace. */
    Optional<List<String>> namespaces();

    /** Namespace that the operator itself runs in; its lease lies there, and its pods may reach the media pods' HTTP port. */
    @WithDefault("default")
    String ownNamespace();

    Media media();

    /** Pools of ports by name, each {@code first-last}, both included; a flow names its pool in {@code spec.exposure.portPool}. */
    Map<String, String> portPools();

    /** Ports that the cluster gives to Services of type NodePort ({@code --service-node-port-range} of its API server). */
    @WithDefault("30000-32767")
    String nodePortRange();

    /** How long a load balancer may take to answer before the node's own address is told to peers. */
    @WithDefault("60S")
    Duration loadBalancerWait();

    /** How often a running media pod is asked how its flow is. */
    @WithDefault("2S")
    Duration pollInterval();

    /** Statistics in a status are not written more often than this. */
    @WithDefault("10S")
    Duration statisticsInterval();

    LeaderElection leaderElection();

    /** What tells this operator from any other of the cluster; its replicas are one. */
    default String identity() {
        return ownNamespace() + "/" + leaderElection().leaseName();
    }

    interface Media {
        /** Image of rist-service. */
        String image();

        @WithDefault("IfNotPresent")
        String imagePullPolicy();

        /** Names of Secrets to pull the image with. */
        Optional<List<String>> imagePullSecrets();

        /** Options of the media pods' JVM, beside those of the image. */
        Optional<String> javaOptions();
    }

    interface LeaderElection {
        @WithDefault("true")
        boolean enabled();

        @WithDefault("ristflow-operator")
        String leaseName();
    }
}
