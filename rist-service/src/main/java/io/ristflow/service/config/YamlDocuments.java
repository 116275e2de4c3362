package io.ristflow.service.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ristflow.core.config.ConfigException;
import io.ristflow.core.config.UrlParts;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ScannerException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/**
 * The documents of a YAML file, from the parser's events: YAML 1.2 with JSON's words for numbers, booleans and null, so that {@code Off} is a text. No aliases, no key twice. Straight from the
 * events, as what binds YAML to classes is a thousand classes itself.
 */
final class YamlDocuments {
    private static final int MAX_DEPTH = 100;
    private static final int MAX_DIGITS = 400;
    private static final ScalarResolver WORDS = new JsonSchema().getScalarResolver();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String shown;
    private final Iterator<Event> events;

    private YamlDocuments(String shown, Iterator<Event> events) {
        this.shown = shown;
        this.events = events;
    }

    /**
     * @param shown what the file is called in a refusal
     * @return without those that are empty
     * @throws ConfigException with line and column of what is no YAML. The parser's own message quotes the lines around, and one of them may be a key
     */
    static List<JsonNode> read(String shown, byte[] yaml) {
        LoadSettings settings = LoadSettings.builder().setCodePointLimit(yaml.length + 1).build();
        try {
            return new YamlDocuments(shown, new Parse(settings).parseInputStream(new ByteArrayInputStream(yaml)).iterator()).documents();
        } catch (ScannerException e) {
            // Where the quote or bracket was opened rather than where its end was missed
            throw notYaml(shown, e.getContextMark().or(e::getProblemMark));
        } catch (MarkedYamlEngineException e) {
            throw notYaml(shown, e.getProblemMark().or(e::getContextMark));
        } catch (YamlEngineException e) {
            throw notYaml(shown, Optional.empty());
        }
    }

    private List<JsonNode> documents() {
        List<JsonNode> documents = new ArrayList<>();
        while (events.hasNext()) {
            if (events.next().getEventId() != Event.ID.DocumentStart) continue;
            JsonNode document = node(events.next(), 0);
            if (!document.isNull()) documents.add(document);
        }
        return documents;
    }

    private JsonNode node(Event event, int depth) {
        if (depth > MAX_DEPTH) throw new ConfigException(shown, where(event.getStartMark()) + "more than " + MAX_DEPTH + " levels deep; no field lies there");
        return switch (event) {
            case ScalarEvent scalar -> scalar(scalar);
            case SequenceStartEvent _ -> list(depth);
            case MappingStartEvent _ -> object(depth);
            // Its name may be a passphrase that begins with a star
            case AliasEvent alias -> throw new ConfigException(shown, "line " + (alias.getStartMark().orElseThrow().getLine() + 1) + ": a YAML alias is not read; put a text that begins with * in quotes");
            default -> throw new IllegalStateException("YAML event " + event.getEventId() + " where a value is due");
        };
    }

    private ArrayNode list(int depth) {
        ArrayNode list = JSON.arrayNode();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) list.add(node(event, depth + 1));
        return list;
    }

    private ObjectNode object(int depth) {
        ObjectNode object = JSON.objectNode();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            if (event instanceof AliasEvent) node(event, depth);
            if (!(event instanceof ScalarEvent key)) throw new ConfigException(shown, where(event.getStartMark()) + "a list or an object where the name of a field belongs");
            if (object.has(key.getValue())) throw new ConfigException(shown, where(key.getStartMark()) + UrlParts.shown(key.getValue()) + " is given twice; give it once");
            object.set(key.getValue(), node(events.next(), depth + 1));
        }
        return object;
    }

    private static JsonNode scalar(ScalarEvent scalar) {
        String text = scalar.getValue();
        Tag tag = scalar.getTag().filter(name -> !name.equals("!")).map(Tag::new).orElseGet(() -> scalar.isPlain() && scalar.getTag().isEmpty() ? WORDS.resolve(text, true) : Tag.STR);
        if (tag.equals(Tag.NULL)) return JSON.nullNode();
        if (tag.equals(Tag.BOOL)) return JSON.booleanNode(text.equals("true"));
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) return number(text);
        return JSON.textNode(text);
    }

    /** What is no number of JSON's (.inf) is left as the text that it is, for the schema to refuse. */
    private static JsonNode number(String text) {
        if (text.length() > MAX_DIGITS) return JSON.textNode(text);
        try {
            if (text.chars().allMatch(c -> c == '-' || c >= '0' && c <= '9')) {
                BigInteger whole = new BigInteger(text);
                if (whole.bitLength() < Integer.SIZE) return JSON.numberNode(whole.intValue());
                return whole.bitLength() < Long.SIZE ? JSON.numberNode(whole.longValue()) : JSON.numberNode(whole);
            }
            return JSON.numberNode(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return JSON.textNode(text);
        }
    }

    private static ConfigException notYaml(String shown, Optional<Mark> mark) {
        return new ConfigException(shown, where(mark) + "not well-formed YAML; check indentation, colons and quotes around there");
    }

    private static String where(Optional<Mark> mark) {
        return mark.map(at -> "line " + (at.getLine() + 1) + ", column " + (at.getColumn() + 1) + ": ").orElse("");
    }
}
