package io.ristflow.operator.dependent;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Set;

/**
 * Whether a live object is what was wanted: every field that was wanted is there with its value; what the API server or others have added does not matter. Lists of things with a name are merged by
 * that name, as the API server does; other lists must be the same. Pure.
 */
final class Sameness {
    /** Fields under which the API server writes quantities in its own way, 0.5 as 500m. */
    private static final Set<String> QUANTITIES = Set.of("requests", "limits", "sizeLimit");

    private Sameness() {}

    static boolean holds(JsonNode live, JsonNode wanted) {
        return holds(live, wanted, false);
    }

    private static boolean holds(JsonNode live, JsonNode wanted, boolean quantity) {
        if (live == null || live.isNull()) return wanted.isNull() || wanted.isContainerNode() && wanted.isEmpty();
        if (wanted.isObject()) {
            return live.isObject() && wanted.propertyStream().allMatch(field -> holds(live.get(field.getKey()), field.getValue(), quantity || QUANTITIES.contains(field.getKey())));
        }
        if (wanted.isArray()) return live.isArray() && (named(wanted) ? holdsByName(live, wanted) : holdsInOrder(live, wanted));
        if (quantity && live.isTextual() && wanted.isTextual()) return same(live.textValue(), wanted.textValue());
        return live.equals(wanted) || live.isNumber() && wanted.isNumber() && live.decimalValue().compareTo(wanted.decimalValue()) == 0;
    }

    private static boolean named(JsonNode list) {
        return !list.isEmpty() && list.valueStream().allMatch(item -> item.isObject() && item.has("name"));
    }

    private static boolean holdsByName(JsonNode live, JsonNode wanted) {
        return wanted.valueStream().allMatch(item -> live.valueStream().anyMatch(other -> item.get("name").equals(other.get("name")) && holds(other, item, false)));
    }

    private static boolean holdsInOrder(JsonNode live, JsonNode wanted) {
        if (live.size() != wanted.size()) return false;
        for (int i = 0; i < wanted.size(); i++) {
            if (!holds(live.get(i), wanted.get(i), false)) return false;
        }
        return true;
    }

    private static boolean same(String live, String wanted) {
        if (live.equals(wanted)) return true;
        try {
            return new Quantity(live).getNumericalAmount().compareTo(new Quantity(wanted).getNumericalAmount()) == 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
