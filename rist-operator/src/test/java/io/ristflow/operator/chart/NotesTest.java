package io.ristflow.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.marcnuri.helm.DryRun;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import io.ristflow.operator.crd.v1alpha1.ExposureType;
import io.ristflow.operator.crd.v1alpha1.RistFlow;
import io.ristflow.operator.validate.SpecRules;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What {@code helm install} prints at its end can be pasted into a shell as it is. */
class NotesTest {
    private static final Pattern APPLY = Pattern.compile("(?ms)^kubectl -n (\\S+) apply -f - <<'END'\n(.*?)^END$");

    @Test
    void theyTellTheNextCommandWithTheRealNames() {
        String notes = notes(install());
        assertThat(notes).contains("looks after RistFlows in all namespaces.")
                .contains("\nkubectl -n studio rollout status deployment/live-ristflow-operator\n")
                .contains("\nkubectl -n studio get ristflows -w\n");
    }

    @Test
    void theExampleIsARistFlow() throws Exception {
        Matcher apply = APPLY.matcher(notes(install()));
        assertThat(apply.find()).isTrue();
        assertThat(apply.group(1)).isEqualTo("studio");
        // plain Jackson refuses what a record does not have
        RistFlow flow = new ObjectMapper().treeToValue(Chart.documents(apply.group(2)).getFirst(), RistFlow.class);
        assertThat(flow.getApiVersion()).isEqualTo("ristflow.io/v1alpha1");
        assertThat(SpecRules.load().check(flow.getSpec(), flow.getMetadata().getName())).isEmpty();
        assertThat(flow.getSpec().inputs().getFirst().rist().paths().getFirst().listen()).isNotNull();
        assertThat(flow.getSpec().outputs().getFirst().udp().port()).isEqualTo(5004);
        assertThat(flow.getSpec().exposure().type()).isEqualTo(ExposureType.NodePort);
    }

    @Test
    void whereTheOperatorLooksAfterSomeNamespacesTheExampleGoesIntoOneOfThem() {
        String notes = notes(install().set("watchNamespaces[0]", "studio-a").set("watchNamespaces[1]", "studio-b").set("crds.install", false).set("rbac.nodes", false));
        assertThat(notes).contains("looks after RistFlows in the namespaces studio-a, studio-b.")
                .contains("\nkubectl -n studio-a apply -f -").contains("\nkubectl -n studio-a get ristflows -w\n")
                .contains("crds.install is false").contains("rbac.nodes is false");
    }

    private static InstallCommand install() {
        return new Helm(Chart.FOLDER).install().withName("live").withNamespace("studio").withKubeVersion(Chart.NEWEST).clientOnly().dryRun().withDryRunOption(DryRun.CLIENT);
    }

    private static String notes(InstallCommand install) {
        String output = install.call().getOutput();
        List<String> parts = List.of(output.split("\nNOTES:\n"));
        assertThat(parts).hasSize(2);
        return parts.getLast();
    }
}
