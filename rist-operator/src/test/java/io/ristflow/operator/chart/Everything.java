package io.ristflow.operator.chart;

/** Values that switch everything on, and everything off. */
final class Everything {
    static final String ON = """
            nameOverride: rf
            commonLabels: {team: playout}
            commonAnnotations: {example.org/owner: playout}
            image:
              service: {repository: registry.example/ristflow/service, tag: "1.2", pullPolicy: Always, pullSecrets: [media-pull, other-pull]}
              operator:
                repository: registry.example/ristflow/operator
                digest: sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                pullSecrets: [operator-pull]
            watchNamespaces: [studio-a, studio-b]
            portPools: {default: 31000-31999, private-net: 40000-40999}
            nodePortRange: 30000-32000
            loadBalancerWaitSeconds: 90
            pollIntervalSeconds: 3
            statisticsIntervalSeconds: 20
            media: {javaOptions: -Xmx256m}
            operator:
              replicas: 3
              logFormat: text
              logLevel: DEBUG
              javaOptions: -Xmx128m -Dx=y
              extraEnv: [{name: HTTPS_PROXY, value: "http://proxy.example:3128"}]
              resources: {limits: {cpu: "1"}}
              podLabels: {app.kubernetes.io/part-of: everything}
              podAnnotations: {example.org/a: b}
              nodeSelector: {kubernetes.io/os: linux}
              tolerations: [{key: dedicated, operator: Exists, effect: NoSchedule}]
              topologySpreadConstraints: [{maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: ScheduleAnyway}]
              priorityClassName: system-cluster-critical
            serviceAccount: {name: keeper, annotations: {example.org/c: d}}
            crds: {annotations: {example.org/e: f}}
            monitoring:
              serviceMonitor: {enabled: true, intervalSeconds: 15, labels: {release: prometheus}}
              rules: {enabled: true, labels: {release: prometheus}, disabled: [RistFlowNotReceiving], thresholds: {residualLossRatio: 0.01, podRestarts: 7}}
              dashboards: {enabled: true, namespace: grafana, annotations: {grafana_folder: Media}}
            """;

    static final String OFF = """
            operator: {leaderElection: false, affinity: {nodeAffinity: {}}, podDisruptionBudget: {enabled: false}}
            serviceAccount: {create: false}
            rbac: {create: false, nodes: false, aggregateRoles: false}
            crds: {install: false}
            """;

    private Everything() {}
}
