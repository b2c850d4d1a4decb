package org.motleysim.workloads.scenario;

import static org.motleysim.workloads.scenario.ScalarCodec.BANDWIDTH;
import static org.motleysim.workloads.scenario.ScalarCodec.DURATION;

import org.motleysim.hardware.radio.Contention;
import org.motleysim.hardware.radio.RadioNetwork;
import org.motleysim.hardware.radio.RadioTechnology;
import org.motleysim.hardware.radio.RayleighFading;

/** Radio networks. */
final class RadioCodec {
    private static final Codec<Double> POSITIVE = ScalarCodec.number(NumberRange.positive());
    private static final Codec<Double> NOT_NEGATIVE = ScalarCodec.number(NumberRange.notNegative());

    static final Codec<RadioTechnology> TECHNOLOGY = technologies();

    private static final Codec<Contention.Point> POINT = RecordCodec.of("a point of contention", fields -> {
        var stations =
                fields.required("stations", ScalarCodec.integer(1), Contention.Point::stations, "How many are active");
        var each = fields.required(
                "kilobitsPerSecondEach", POSITIVE, Contention.Point::kilobitsPerSecondEach, "What each of them gets");
        return given -> new Contention.Point(given.get(stations), given.get(each));
    });

    static final Codec<Contention> CONTENTION = ChoiceCodec.<Contention>of("a contention")
            .value("wlan", Contention.wlan())
            .kind("table", Contention.class, RecordCodec.of("a table of contention", fields -> {
                var points = fields.required(
                        "points", new ListCodec<>(POINT, 1), Contention::points, "In order, the first for one station");
                return given -> new Contention(given.get(points));
            }))
            .build();

    static final Codec<RayleighFading> FADING = RecordCodec.of("Rayleigh fading", fields -> {
        var hertz = fields.required("hertz", POSITIVE, RayleighFading::hertz, "Width of the channel");
        var snr = fields.required(
                "meanSnr", POSITIVE, RayleighFading::meanSnr, "Mean ratio of signal to noise, not in decibels");
        return given -> new RayleighFading(given.get(hertz), given.get(snr));
    });

    static final RecordCodec<RadioNetwork> NETWORK = RecordCodec.of("a radio network", fields -> {
        var technology = fields.required("technology", TECHNOLOGY, RadioNetwork::technology, "What the stations use");
        var contention = fields.optional(
                "contention",
                CONTENTION,
                RadioNetwork::contention,
                "What active stations get together; by default the bandwidth, however many they are");
        var fading = fields.optional(
                "fading",
                FADING,
                RadioNetwork::fading,
                "Caps each transfer at a rate drawn for it from the seed of the scenario; none by default");
        return given -> new RadioNetwork(given.get(technology), given.find(contention), given.find(fading));
    });

    private RadioCodec() {}

    private static Codec<RadioTechnology> technologies() {
        var choice = ChoiceCodec.<RadioTechnology>of("a radio technology");
        RadioTechnology.builtIn().forEach(technology -> choice.value(technology.name(), technology));
        return choice.kind("custom", RadioTechnology.class, RecordCodec.of("a radio technology", fields -> {
                    var bandwidth = fields.required(
                            "bandwidth", BANDWIDTH, RadioTechnology::bandwidth, "Of the medium, for one station");
                    var latency = fields.required(
                            "latency", DURATION, RadioTechnology::latency, "Time before the first byte, one way");
                    var send = fields.optional(
                            "sendNanojoulesPerBit",
                            NOT_NEGATIVE,
                            0.0,
                            RadioTechnology::sendNanojoulesPerBit,
                            "Energy of a station for a bit it sends; 0 by default");
                    var receive = fields.optional(
                            "receiveNanojoulesPerBit",
                            NOT_NEGATIVE,
                            0.0,
                            RadioTechnology::receiveNanojoulesPerBit,
                            "Energy of a station for a bit it receives; 0 by default");
                    return given -> new RadioTechnology(
                            "custom",
                            given.get(bandwidth),
                            given.get(latency),
                            given.find(send).orElse(0.0),
                            given.find(receive).orElse(0.0),
                            "scenario");
                }))
                .build();
    }
}
