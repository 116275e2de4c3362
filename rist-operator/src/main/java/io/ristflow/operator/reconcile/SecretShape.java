package io.ristflow.operator.reconcile;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.ristflow.operator.crd.v1alpha1.RistFlow;
import io.ristflow.operator.dependent.ServiceMonitor;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the operator reads what the API server sends. Of a Secret it takes the keys and how long each value is, and never a value: what is not in memory cannot get into a log. Of every object it leaves
 * managedFields out, which nobody here reads and which are the larger part of many.
 */
public final class SecretShape {
    private static final List<Class<? extends KubernetesResource>> READ = List.of(
            RistFlow.class, Pod.class, Secret.class, ConfigMap.class, Service.class, ServiceAccount.class, Node.class, Event.class, Deployment.class, StatefulSet.class, NetworkPolicy.class, Lease.class, Status.class,
            io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget.class, io.fabric8.kubernetes.api.model.policy.v1beta1.PodDisruptionBudget.class, ServiceMonitor.class);

    private SecretShape() {}

    /** For the operator's client. What a later version of the resource may know besides is no error. */
    public static KubernetesSerialization serialization() {
        ObjectMapper mapper = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
                .addMixIn(ObjectMeta.class, WithoutManagedFields.class).addMixIn(Secret.class, LengthsAlone.class)
                .build();
        // Not all that the client's library knows: that is some two thousand classes, to be loaded and kept for the dozen that the operator reads.
        KubernetesSerialization serialization = new KubernetesSerialization(mapper, false);
        READ.forEach(serialization::registerKubernetesResource);
        return serialization;
    }

    /** How many bytes a key's value has; null if the Secret has no such key. */
    static Integer bytes(Secret secret, String key) {
        String length = secret.getData() == null ? null : secret.getData().get(key);
        return length == null ? null : Integer.valueOf(length);
    }

    @JsonIgnoreProperties("managedFields")
    private interface WithoutManagedFields {}

    private interface LengthsAlone {
        @JsonDeserialize(using = Lengths.class)
        void setData(Map<String, String> data);
    }

    /** Base64 texts become how many bytes they stand for. */
    private static final class Lengths extends StdDeserializer<Map<String, String>> {
        private static final long serialVersionUID = 1;

        Lengths() {
            super(Map.class);
        }

        @Override
        public Map<String, String> deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            Map<String, String> lengths = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                parser.nextToken();
                lengths.put(key, String.valueOf(bytes(parser.getValueAsString(""))));
            }
            return lengths;
        }

        private static int bytes(String base64) {
            int padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
            return base64.length() / 4 * 3 - padding;
        }
    }
}
