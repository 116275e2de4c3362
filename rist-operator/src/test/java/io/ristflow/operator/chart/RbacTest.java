package io.ristflow.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.ristflow.operator.chart.Chart.Rendered;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Least privilege: the roles grant what api-calls.txt lists, each line with its reason, and nothing else. */
class RbacTest {
    @Test
    void inAllNamespacesTheOperatorMayDoWhatItDoesAndNoMore() {
        Rendered rendered = Chart.render("");
        Set<String> wanted = calls("flows");
        wanted.addAll(calls("cluster"));
        assertThat(granted(clusterRole(rendered, "media-ristflow-operator").getRules())).isEqualTo(wanted);
        assertThat(granted(role(rendered, "media", "ristflow-operator").getRules())).isEqualTo(calls("own"));
        assertThat(rendered.all("Role")).hasSize(1);
    }

    @Test
    void inSomeNamespacesItMayDoSoThereAlone() {
        Rendered rendered = Chart.render("watchNamespaces: [studio-a, studio-b]");
        for (String namespace : List.of("studio-a", "studio-b")) {
            assertThat(granted(role(rendered, namespace, "media-ristflow-operator").getRules())).isEqualTo(calls("flows"));
        }
        assertThat(granted(clusterRole(rendered, "media-ristflow-operator").getRules())).isEqualTo(calls("cluster"));
        assertThat(granted(role(rendered, "media", "ristflow-operator").getRules())).isEqualTo(calls("own"));
    }

    @Test
    void withoutNodesNothingIsAskedOfTheClusterAsAWhole() {
        Rendered rendered = Chart.render("{watchNamespaces: [studio-a], rbac: {nodes: false, aggregateRoles: false}}");
        assertThat(rendered.all("ClusterRole")).isEmpty();
        assertThat(rendered.all("ClusterRoleBinding")).isEmpty();
    }

    @Test
    void itLeadsByItsOwnLeaseOnly() {
        for (PolicyRule rule : role(Chart.render(""), "media", "ristflow-operator").getRules()) {
            // a name cannot be asked for when there is nothing yet
            if (!rule.getVerbs().equals(List.of("create"))) assertThat(rule.getResourceNames()).containsExactly("ristflow-operator");
        }
        assertThat(Chart.render("operator: {leaderElection: false}").all("Role")).isEmpty();
    }

    @Test
    void noRuleHasAStarAndSecretsAreOnlyRead() {
        for (String values : List.of("", Everything.ON)) {
            for (JsonNode document : Chart.render(values).documents()) {
                if (!document.get("kind").asText().endsWith("Role")) continue;
                assertThat(document.get("rules").toString()).doesNotContain("*").doesNotContain("escalate", "impersonate", "bind");
                for (JsonNode rule : document.get("rules")) {
                    if (rule.get("resources").toString().contains("secrets")) assertThat(rule.get("verbs")).hasToString("[\"list\",\"watch\"]");
                }
            }
        }
    }

    @Test
    void everyRoleIsBoundToTheOperatorsAccountInItsNamespace() {
        Rendered rendered = Chart.render("watchNamespaces: [studio-a, studio-b]");
        for (JsonNode binding : Stream.concat(rendered.all("RoleBinding").stream(), rendered.all("ClusterRoleBinding").stream()).toList()) {
            String kind = binding.at("/roleRef/kind").asText();
            assertThat(rendered.all(kind)).anySatisfy(role -> {
                assertThat(role.at("/metadata/name")).isEqualTo(binding.at("/roleRef/name"));
                assertThat(role.at("/metadata/namespace")).isEqualTo(binding.at("/metadata/namespace"));
            });
            assertThat(binding.get("subjects")).singleElement().satisfies(subject -> assertThat(subject.get("namespace").asText() + "/" + subject.get("name").asText()).isEqualTo("media/ristflow-operator"));
        }
        assertThat(rendered.all("RoleBinding")).hasSameSizeAs(rendered.all("Role"));
    }

    @Test
    void anAccountOfTheAdministratorsIsBoundUnderItsName() {
        Rendered rendered = Chart.render("serviceAccount: {create: false, name: mine}");
        assertThat(rendered.all("ServiceAccount")).isEmpty();
        assertThat(rendered.one("ClusterRoleBinding").at("/subjects/0/name").asText()).isEqualTo("mine");
        assertThat(rendered.one("Deployment").at("/spec/template/spec/serviceAccountName").asText()).isEqualTo("mine");
    }

    @Test
    void whoMayEditANamespaceMayEditItsFlowsButNotTheirStatus() {
        Rendered rendered = Chart.render("");
        ClusterRole edit = clusterRole(rendered, "media-ristflow-operator-edit");
        ClusterRole view = clusterRole(rendered, "media-ristflow-operator-view");
        String to = "rbac.authorization.k8s.io/aggregate-to-";
        assertThat(view.getMetadata().getLabels()).containsEntry(to + "view", "true").containsEntry(to + "edit", "true").containsEntry(to + "admin", "true");
        assertThat(edit.getMetadata().getLabels()).containsEntry(to + "edit", "true").containsEntry(to + "admin", "true").doesNotContainKey(to + "view");
        assertThat(granted(view.getRules())).allMatch(call -> call.matches("ristflow.io ristflows(/status)? (get|list|watch)"));
        assertThat(granted(edit.getRules())).allMatch(call -> call.matches("ristflow.io ristflows (create|update|patch|delete|deletecollection)"));
    }

    private static Role role(Rendered rendered, String namespace, String name) {
        return rendered.all("Role").stream().map(role -> Strictly.read(role, Role.class))
                .filter(role -> role.getMetadata().getNamespace().equals(namespace) && role.getMetadata().getName().equals(name)).findFirst().orElseThrow();
    }

    private static ClusterRole clusterRole(Rendered rendered, String name) {
        return rendered.all("ClusterRole").stream().map(role -> Strictly.read(role, ClusterRole.class)).filter(role -> role.getMetadata().getName().equals(name)).findFirst().orElseThrow();
    }

    /** As {@code group resource verb}. */
    private static Set<String> granted(List<PolicyRule> rules) {
        Set<String> granted = new TreeSet<>();
        for (PolicyRule rule : rules) {
            for (String group : rule.getApiGroups()) for (String resource : rule.getResources()) for (String verb : rule.getVerbs()) granted.add((group + " " + resource + " " + verb).strip());
        }
        return granted;
    }

    private static Set<String> calls(String where) {
        Set<String> calls = new TreeSet<>();
        for (String line : Chart.read(Chart.ROOT.resolve("rist-operator/src/test/resources/chart/api-calls.txt")).split("\n")) {
            if (line.startsWith("#")) continue;
            String[] cells = line.split("\\|");
            assertThat(cells).as(line).hasSize(5);
            assertThat(cells[4]).as(line).isNotBlank();
            if (cells[0].strip().equals(where)) calls.add((cells[1].strip() + " " + cells[2].strip() + " " + cells[3].strip()).strip());
        }
        assertThat(calls).isNotEmpty();
        return calls;
    }
}
