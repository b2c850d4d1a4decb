package org.motleysim.workloads.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.motleysim.core.engine.SimTime;
import org.motleysim.workloads.graph.MeasuredTimes;

/** Times of types of tasks: {@code {"fft": {"a7": "105 us", "fft-unit": "18 us"}}}, by type and by device group. */
final class TimesCodec implements Codec<MeasuredTimes> {
    @Override
    public Optional<MeasuredTimes> read(Node node, Reading reading) {
        if (!(node instanceof Node.Fields types)) {
            reading.problems().refuse(node, "an object from type of task to device group to time", "");
            return Optional.empty();
        }
        Map<String, Map<String, Double>> seconds = new LinkedHashMap<>();
        boolean good = true;
        for (var type : types.values().entrySet()) {
            if (!(type.getValue() instanceof Node.Fields groups)) {
                reading.problems().refuse(type.getValue(), "an object from device group to time", "");
                good = false;
                continue;
            }
            Map<String, Double> byGroup = new LinkedHashMap<>();
            for (var group : groups.values().entrySet()) {
                Optional<Duration> time = ScalarCodec.DURATION.read(group.getValue(), reading);
                good &= time.isPresent();
                time.ifPresent(value -> byGroup.put(group.getKey(), SimTime.seconds(SimTime.nanos(value))));
            }
            seconds.put(type.getKey(), byGroup);
        }
        return good ? Optional.of(new MeasuredTimes(seconds)) : Optional.empty();
    }

    @Override
    public JsonNode write(MeasuredTimes times) {
        ObjectNode types = JsonNodeFactory.instance.objectNode();
        times.seconds().forEach((type, groups) -> {
            ObjectNode byGroup = types.putObject(type);
            groups.forEach((group, seconds) ->
                    byGroup.set(group, ScalarCodec.DURATION.write(Duration.ofNanos(SimTime.nanos(seconds)))));
        });
        return types;
    }

    @Override
    public ObjectNode schema(SchemaDefinitions definitions) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        ObjectNode groups = schema.putObject("additionalProperties").put("type", "object");
        groups.set("additionalProperties", ScalarCodec.DURATION.schema(definitions));
        return schema;
    }
}
