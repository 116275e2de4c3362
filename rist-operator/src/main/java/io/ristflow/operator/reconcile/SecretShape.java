package io.ristflow.operator.reconcile;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the operator reads what the API server sends. Of a Secret it takes the keys and how long each value is, and never a value: what is not in memory cannot get into a log. Of every object it leaves
 * managedFields out, which nobody here reads and which are the larger part of many.
 */
public final class SecretShape {
    private SecretShape() {}

    /** For the operator's client. What a later version of the resource may know besides is no error. */
    public static KubernetesSerialization serialization() {
        ObjectMapper mapper = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
                .addMixIn(ObjectMeta.class, WithoutManagedFields.class).addMixIn(Secret.class, LengthsAlone.class)
                .build();
        return new KubernetesSerialization(mapper, true);
    }

    /** How many bytes a key's value has; null if the Secret has no such key. */
    static Integer bytes(Secret secret, String key) {
        String length = secret.getData() == null ? null : secret.getData().get(key);
        return length == null ? null : Integer.valueOf(length);
    }

    private interface WithoutManagedFields {
        @JsonIgnore
        List<ManagedFieldsEntry> getManagedFields();

        @JsonIgnore
        void setManagedFields(List<ManagedFieldsEntry> fields);
    }

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
