package org.motleysim.workloads.scenario;

import static org.motleysim.workloads.scenario.ScalarCodec.DURATION;
import static org.motleysim.workloads.scenario.ScalarCodec.POWER;

import java.time.Duration;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.radio.RadioPower;

/** What a radio draws. */
final class RadioPowerCodec {
    private static final Codec<Double> NOT_NEGATIVE = ScalarCodec.number(NumberRange.notNegative());

    static final Codec<RadioPower> RADIO_POWER = codec();

    private RadioPowerCodec() {}

    private static Codec<RadioPower> codec() {
        var choice = ChoiceCodec.<RadioPower>of("a radio by what it draws").value("none", RadioPower.none());
        RadioPower.builtIn().forEach(radio -> choice.value(radio.name(), radio));
        return choice.kind("custom", RadioPower.class, RecordCodec.of("a radio by what it draws", fields -> {
                    var name = fields.optional("name", ScalarCodec.text(), "custom", RadioPower::name, "Its name");
                    var send = fields.required(
                            "sendNanojoulesPerBit",
                            NOT_NEGATIVE,
                            RadioPower::sendNanojoulesPerBit,
                            "Of a bit it sends; the same as milliwatts per megabit per second");
                    var receive = fields.required(
                            "receiveNanojoulesPerBit",
                            NOT_NEGATIVE,
                            RadioPower::receiveNanojoulesPerBit,
                            "Of a bit it receives");
                    var base = fields.optional(
                            "base", POWER, Power.ZERO, RadioPower::base, "While it sends or receives; none by default");
                    var tail = fields.optional(
                            "tail", POWER, Power.ZERO, RadioPower::tail, "While it stays awake; none by default");
                    var time = fields.optional(
                            "tailTime", DURATION, Duration.ZERO, RadioPower::tailTime, "How long it does");
                    var source = fields.optional(
                            "source", ScalarCodec.text(), "", RadioPower::source, "Where the numbers are from");
                    return given -> new RadioPower(
                            given.find(name).orElse("custom"),
                            given.get(send),
                            given.get(receive),
                            given.find(base).orElse(Power.ZERO),
                            given.find(tail).orElse(Power.ZERO),
                            given.find(time).orElse(Duration.ZERO),
                            given.find(source).orElse(""));
                }))
                .build();
    }
}
