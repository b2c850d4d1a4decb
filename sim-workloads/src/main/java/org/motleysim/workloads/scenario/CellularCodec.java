package org.motleysim.workloads.scenario;

import static org.motleysim.workloads.scenario.ScalarCodec.BANDWIDTH;
import static org.motleysim.workloads.scenario.ScalarCodec.DURATION;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.motleysim.core.engine.SimTime;
import org.motleysim.hardware.radio.Cell;
import org.motleysim.hardware.radio.CellularNetwork;
import org.motleysim.hardware.radio.Handover;
import org.motleysim.hardware.radio.Journey;
import org.motleysim.hardware.radio.Position;
import org.motleysim.hardware.radio.Reach;
import org.motleysim.hardware.radio.Sites;

/** Networks of cells with stations that move between them. */
final class CellularCodec {
    private static final Codec<Double> POSITIVE = ScalarCodec.number(NumberRange.positive());
    private static final Codec<Double> NOT_NEGATIVE = ScalarCodec.number(NumberRange.notNegative());
    private static final Codec<Double> COORDINATE = ScalarCodec.number(NumberRange.any());

    private static final Codec<Cell> CELL = RecordCodec.of("a cell", fields -> {
        var name = fields.required("name", ScalarCodec.text(), Cell::name, "Its name");
        var x = fields.required("x", COORDINATE, cell -> cell.position().xMetres(), "To the east, in metres");
        var y = fields.required("y", COORDINATE, cell -> cell.position().yMetres(), "To the north, in metres");
        return given -> new Cell(given.get(name), new Position(given.get(x), given.get(y)));
    });

    private static final Codec<Sites> SITES = ChoiceCodec.<Sites>of("cells")
            .kind("file", Sites.class, sites -> sites.file().isPresent(), RecordCodec.of("cells of a file", fields -> {
                var file = fields.required(
                        "file",
                        new FileContentsCodec<>("cells", Sites::read, Sites::file),
                        sites -> sites,
                        "Path of a CSV file with x and y in metres, or latitude and longitude in degrees");
                return given -> given.get(file);
            }))
            .kind("listed", Sites.class, RecordCodec.of("cells one by one", fields -> {
                var cells = fields.required("cells", new ListCodec<>(CELL, 1), Sites::cells, "One or more");
                return given -> Sites.of(given.get(cells).toArray(Cell[]::new));
            }))
            .build();

    private static final Codec<Reach.Rings.Ring> RING = RecordCodec.of("a ring", fields -> {
        var upTo = fields.required("upToMetres", POSITIVE, Reach.Rings.Ring::upToMetres, "Its outer edge");
        var rate = fields.required("bandwidth", BANDWIDTH, Reach.Rings.Ring::bandwidth, "Of a station in it, alone");
        return given -> new Reach.Rings.Ring(given.get(upTo), given.get(rate));
    });

    private static final Codec<Reach> REACH = ChoiceCodec.<Reach>of("a rate by distance")
            .kind("rings", Reach.Rings.class, RecordCodec.of("rates in rings", fields -> {
                var rings = fields.required(
                        "rings",
                        new ListCodec<>(RING, 1),
                        Reach.Rings::rings,
                        "Nearest first; nothing beyond the last");
                return given -> new Reach.Rings(given.get(rings));
            }))
            .kind("log-distance", Reach.LogDistance.class, RecordCodec.of("Shannon with path loss", fields -> {
                var hertz = fields.required("hertz", POSITIVE, Reach.LogDistance::hertz, "Width of the channel");
                var snr = fields.required(
                        "snrAtReference",
                        POSITIVE,
                        Reach.LogDistance::snrAtReference,
                        "Ratio of signal to noise at the reference, not in decibels");
                var metres = fields.required(
                        "referenceMetres", POSITIVE, Reach.LogDistance::referenceMetres, "Distance of the reference");
                var exponent = fields.required(
                        "exponent", POSITIVE, Reach.LogDistance::exponent, "Of the path loss; 2 in free space");
                var rayleigh = fields.optional(
                        "rayleigh",
                        ScalarCodec.FLAG,
                        false,
                        Reach.LogDistance::rayleigh,
                        "Whether each transfer fades, drawn from the seed of the scenario; false by default");
                return given -> new Reach.LogDistance(
                        given.get(hertz),
                        given.get(snr),
                        given.get(metres),
                        given.get(exponent),
                        given.find(rayleigh).orElse(false));
            }))
            .build();

    private static final Codec<Handover> HANDOVER = RecordCodec.of("a handover", fields -> {
        var report = fields.required("report", DURATION, Handover::report, "Time between two measurements");
        var hysteresis = fields.optional(
                "hysteresisMetres",
                NOT_NEGATIVE,
                0.0,
                Handover::hysteresisMetres,
                "How much nearer another cell must be; 0 by default");
        var interruption = fields.required(
                "interruption", DURATION, Handover::interruption, "From the change until the new cell carries data");
        return given -> new Handover(given.get(report), given.find(hysteresis).orElse(0.0), given.get(interruption));
    });

    private static final Codec<CellularNetwork.Backhaul> BACKHAUL = RecordCodec.of("a backhaul", fields -> {
        var bandwidth = fields.required("bandwidth", BANDWIDTH, CellularNetwork.Backhaul::bandwidth, "Each way");
        var latency = fields.required("latency", DURATION, CellularNetwork.Backhaul::latency, "One way");
        return given -> new CellularNetwork.Backhaul(given.get(bandwidth), given.get(latency));
    });

    /** A journey before the map is known: in a file, or as points. */
    private record Draft(Optional<Path> file, Optional<Duration> every, List<Journey.Waypoint> points) {
        static Draft of(Journey journey) {
            return new Draft(
                    journey.file(), journey.every(), journey.file().isPresent() ? List.of() : journey.points());
        }

        Journey journey(Sites sites) {
            try {
                return file.isPresent() ? Journey.read(file.get(), every, sites.origin()) : Journey.of(points);
            } catch (UncheckedIOException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }
    }

    private static final Codec<Journey.Waypoint> POINT = RecordCodec.of("a point of a journey", fields -> {
        var time = fields.required(
                "time",
                DURATION,
                point -> Duration.ofNanos(SimTime.nanos(point.seconds())),
                "When it is reached, since the start of the run");
        var x = fields.required("x", COORDINATE, point -> point.position().xMetres(), "To the east, in metres");
        var y = fields.required("y", COORDINATE, point -> point.position().yMetres(), "To the north, in metres");
        return given -> new Journey.Waypoint(
                SimTime.seconds(SimTime.nanos(given.get(time))), new Position(given.get(x), given.get(y)));
    });

    private static final Codec<Draft> JOURNEY = ChoiceCodec.<Draft>of("a journey")
            .kind(
                    "file",
                    Draft.class,
                    draft -> draft.file.isPresent(),
                    RecordCodec.of("a journey of a file", fields -> {
                        var file = fields.required(
                                "file",
                                new PathCodec("a journey"),
                                draft -> draft.file.orElseThrow(),
                                "Path of a CSV file with x and y in metres, or latitude and longitude in degrees, and perhaps time");
                        var every = fields.optional(
                                "every",
                                DURATION,
                                Draft::every,
                                "From one point to the next, where the file has no time");
                        return given -> new Draft(Optional.of(given.get(file)), given.find(every), List.of());
                    }))
            .kind("points", Draft.class, RecordCodec.of("a journey through points", fields -> {
                var points = fields.required(
                        "points",
                        new ListCodec<>(POINT, 1),
                        Draft::points,
                        "In their order; a single one stands still");
                return given -> new Draft(Optional.empty(), Optional.empty(), given.get(points));
            }))
            .build();

    static final RecordCodec<CellularNetwork> NETWORK = RecordCodec.of("a network of cells", fields -> {
        var sites = fields.required("cells", SITES, CellularNetwork::sites, "Where antennas are");
        var reach = fields.required("reach", REACH, CellularNetwork::reach, "Rate of a station by its distance");
        var handover = fields.required("handover", HANDOVER, CellularNetwork::handover, "How stations change cells");
        var latency = fields.required("latency", DURATION, CellularNetwork::latency, "Of a hop over the air");
        var send = fields.optional(
                "sendNanojoulesPerBit",
                NOT_NEGATIVE,
                0.0,
                CellularNetwork::sendNanojoulesPerBit,
                "Energy of a station for a bit it sends; 0 by default");
        var receive = fields.optional(
                "receiveNanojoulesPerBit",
                NOT_NEGATIVE,
                0.0,
                CellularNetwork::receiveNanojoulesPerBit,
                "Energy of a station for a bit it receives; 0 by default");
        var backhaul = fields.optional(
                "backhaul",
                BACKHAUL,
                CellularNetwork::backhaul,
                "Between each cell and the core; without limit by default");
        var journeys = fields.required(
                "journeys",
                new ListCodec<>(JOURNEY, 1),
                network -> network.journeys().stream().map(Draft::of).toList(),
                "Of the first devices, one each; the other devices are wired to the core");
        return given -> new CellularNetwork(
                given.get(sites),
                given.get(reach),
                given.get(handover),
                given.get(latency),
                given.find(send).orElse(0.0),
                given.find(receive).orElse(0.0),
                given.find(backhaul),
                given.get(journeys).stream()
                        .map(draft -> draft.journey(given.get(sites)))
                        .toList());
    });

    private CellularCodec() {}
}
