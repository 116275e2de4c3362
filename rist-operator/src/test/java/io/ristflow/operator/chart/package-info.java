/** The chart: linted, rendered and refused by real Helm (helm-java), what it renders read as strictly as it can be. Without a cluster; on one, cluster.ChartInstallTest installs it. */
package io.ristflow.operator.chart;
