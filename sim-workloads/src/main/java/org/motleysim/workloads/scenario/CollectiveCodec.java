package org.motleysim.workloads.scenario;

import static org.motleysim.workloads.scenario.ScalarCodec.BANDWIDTH;
import static org.motleysim.workloads.scenario.ScalarCodec.DURATION;

import java.util.List;
import java.util.Optional;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.hardware.collective.Collective;
import org.motleysim.hardware.collective.CollectiveLibrary;
import org.motleysim.hardware.collective.Overlap;
import org.motleysim.hardware.collective.Split;
import org.motleysim.workloads.collective.CollectiveJob;
import org.motleysim.workloads.collective.Computing;
import org.motleysim.workloads.collective.LibraryFit;
import org.motleysim.workloads.collective.Strided;

/** One collective, its algorithms and sizes. */
final class CollectiveCodec {
    private static final Codec<Split> SPLIT = ChoiceCodec.<Split>of("a split of an all-to-all")
            .value("even", Split.even())
            .kind("zipf", Split.Zipf.class, RecordCodec.of("a split by popularity", fields -> {
                var exponent = fields.required(
                        "exponent",
                        ScalarCodec.number(NumberRange.notNegative()),
                        Split.Zipf::exponent,
                        "Rank r gets in proportion to 1 / (r + 1)^exponent");
                return given -> new Split.Zipf(given.get(exponent));
            }))
            .kind("matrix", Split.Matrix.class, RecordCodec.of("a split as counted", fields -> {
                var rows = fields.required(
                        "bytes",
                        new ListCodec<>(new ListCodec<>(ScalarCodec.integer(0, Long.MAX_VALUE), 1), 1),
                        Split.Matrix::rows,
                        "One row per sender: bytes for each receiver");
                return given -> new Split.Matrix(given.get(rows));
            }))
            .build();

    static final Codec<Collective> COLLECTIVE = ChoiceCodec.<Collective>of("a collective")
            .value("all-reduce", new Collective.AllReduce(0))
            .value("all-gather", new Collective.AllGather(0))
            .value("reduce-scatter", new Collective.ReduceScatter(0))
            .value("broadcast", new Collective.Broadcast(0))
            .kind("all-to-all", Collective.AllToAll.class, RecordCodec.of("an all-to-all", fields -> {
                var split = fields.optional(
                        "split",
                        SPLIT,
                        Split.even(),
                        Collective.AllToAll::split,
                        "Who has how much for whom; even by default");
                return given -> new Collective.AllToAll(0, given.find(split).orElse(Split.even()));
            }))
            .value("barrier", new Collective.Barrier())
            .kind("point-to-point", Collective.PointToPoint.class, RecordCodec.of("one transfer", fields -> {
                var from = fields.required("from", ScalarCodec.integer(0), Collective.PointToPoint::from, "Rank");
                var to = fields.required("to", ScalarCodec.integer(0), Collective.PointToPoint::to, "Rank");
                return given -> new Collective.PointToPoint(0, given.get(from), given.get(to));
            }))
            .value("send-receive", new Collective.SendReceive(0))
            .build();

    private static final RecordCodec<Computing> COMPUTING = RecordCodec.of("what is computed meanwhile", fields -> {
        var time = fields.required("time", DURATION, Computing::time, "How long it takes alone");
        var computeTax = fields.optional(
                "computeTax",
                ScalarCodec.number(NumberRange.notNegative()),
                0.0,
                computing -> computing.overlap().computeTax(),
                "How much longer it takes while there is communication: 0.1 is 10%");
        var communicationTax = fields.optional(
                "communicationTax",
                ScalarCodec.number(NumberRange.notNegative()),
                0.0,
                computing -> computing.overlap().communicationTax(),
                "How much longer communication takes meanwhile");
        return given -> new Computing(
                given.get(time),
                new Overlap(
                        given.find(computeTax).orElse(0.0),
                        given.find(communicationTax).orElse(0.0)));
    });

    private static final RecordCodec<Strided> LAYOUT = RecordCodec.of("a layout in blocks", fields -> {
        var block = fields.required("block", AlgorithmCodec.BYTES, Strided::block, "Bytes of a block");
        var stride = fields.required("stride", AlgorithmCodec.BYTES, Strided::stride, "From one block to the next");
        var perCopy = fields.optional(
                "perCopy",
                DURATION,
                Strided::perCopy,
                "What a copy takes the host when each block is copied by itself; by default one kernel packs them");
        return given -> new Strided(given.get(block), given.get(stride), given.find(perCopy));
    });

    private static final RecordCodec<LibraryFit> LIBRARY = RecordCodec.of("a fitted library", fields -> {
        var name = fields.required(
                "name",
                ScalarCodec.named("a library", CollectiveLibrary.names(), text -> text),
                LibraryFit::name,
                "Which one");
        var perNode = fields.required("perNode", ScalarCodec.integer(1), LibraryFit::perNode, "Devices of a node");
        return given -> new LibraryFit(given.get(name), given.get(perNode));
    });

    static final RecordCodec<CollectiveJob> JOB = RecordCodec.of("a collective to run", fields -> {
        var collective =
                fields.required("collective", COLLECTIVE, CollectiveJob::collective, "What the devices do together");
        var name = fields.optional(
                "name",
                ScalarCodec.text(),
                job -> Optional.of(job.name())
                        .filter(text -> !text.equals(job.collective().name())),
                "Name of its metrics when there are several workloads; by default that of the collective");
        var algorithms = fields.required(
                "algorithms",
                new ListCodec<>(AlgorithmCodec.CHOICE, 1),
                CollectiveJob::algorithms,
                "How it is done, one after another");
        var sizes = fields.optional(
                "sizes",
                new ListCodec<>(AlgorithmCodec.BYTES, 1),
                job -> Optional.of(job.sizes()).filter(list -> !list.equals(List.of(Bytes.ZERO))),
                "The whole buffer; of a rank for all-to-all. Each algorithm does each; a barrier has none");
        var sentAs = fields.optional(
                "sentAs",
                new FormatCodec(),
                CollectiveJob::sentAs,
                "Format to which 32-bit numbers are quantised on the way; by default bytes are sent as they are");
        var repetitions = fields.optional(
                "repetitions", ScalarCodec.integer(1), 1, CollectiveJob::repetitions, "How often each is done");
        var teams = fields.optional(
                "teams",
                ScalarCodec.integer(1),
                1,
                CollectiveJob::teams,
                "Equal parts of the devices that do it at once; 1 by default");
        var sendsAhead = fields.optional(
                "sendsAhead",
                ScalarCodec.integer(1),
                1,
                CollectiveJob::sendsAhead,
                "Of how many steps a device's sends may be under way; 1 by default, a blocking send");
        var reduceRate = fields.optional(
                "reduceRate",
                BANDWIDTH,
                CollectiveJob::reduceRate,
                "At which a device adds up, in bytes of one operand; free by default");
        var lateness = fields.optional(
                "lateness",
                DistributionCodec.DISTRIBUTION,
                CollectiveJob::lateness,
                "How late each device comes, in seconds; all come at once by default");
        var beside = fields.optional("beside", COMPUTING, CollectiveJob::beside, "What the devices compute meanwhile");
        var layout = fields.optional(
                "layout", LAYOUT, CollectiveJob::layout, "How buffers lie in memory; in one piece by default");
        var library = fields.optional(
                "library", LIBRARY, CollectiveJob::library, "A fitted library, for a column beside the result");
        var oneRankForAll = fields.optional(
                "oneRankForAll",
                ScalarCodec.FLAG,
                false,
                CollectiveJob::oneRankForAll,
                "Let one rank stand for all, on a network of levels that the devices fill; false by default");
        var groups = fields.optional(
                "groups",
                new ListCodec<>(ScalarCodec.text(), 1),
                job -> Optional.of(List.copyOf(job.ownGroups())).filter(names -> !names.isEmpty()),
                "Device groups that take part; all by default");
        return given -> {
            var job = CollectiveJob.of(given.get(collective));
            given.find(name).ifPresent(job::name);
            given.get(algorithms).forEach(job::algorithm);
            given.find(sizes).ifPresent(list -> job.sizes(list.toArray(Bytes[]::new)));
            given.find(sentAs).ifPresent(job::sentAs);
            given.find(repetitions).ifPresent(job::repetitions);
            given.find(teams).ifPresent(job::teams);
            given.find(sendsAhead).ifPresent(job::sendsAhead);
            given.find(reduceRate).ifPresent(job::reduceRate);
            given.find(lateness).ifPresent(job::lateness);
            given.find(beside).ifPresent(job::beside);
            given.find(layout).ifPresent(job::layout);
            given.find(library).ifPresent(job::library);
            if (given.find(oneRankForAll).orElse(false)) {
                job.oneRankForAll();
            }
            given.find(groups).ifPresent(names -> job.groups(names.toArray(String[]::new)));
            return job.build();
        };
    });

    private CollectiveCodec() {}
}
