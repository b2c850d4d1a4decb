package org.motleysim.workloads.scenario;

import static org.motleysim.workloads.scenario.ScalarCodec.BYTES;
import static org.motleysim.workloads.scenario.ScalarCodec.DURATION;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.motleysim.workloads.offload.Application;
import org.motleysim.workloads.offload.Cloud;
import org.motleysim.workloads.offload.EndDevices;
import org.motleysim.workloads.offload.Migration;
import org.motleysim.workloads.offload.Mobility;
import org.motleysim.workloads.offload.OffloadJob;
import org.motleysim.workloads.offload.OffloadPolicies;
import org.motleysim.workloads.offload.OffloadPolicy;
import org.motleysim.workloads.offload.OffloadTables;
import org.motleysim.workloads.offload.Queueing;
import org.motleysim.workloads.offload.Site;

/** Devices that offload tasks. */
final class OffloadCodec {
    private static final Duration YEAR = Duration.ofDays(365);

    private static final Codec<String> NAME = ScalarCodec.text(
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}"),
            "a name of letters, digits, dots, hyphens and underscores");
    private static final Codec<Double> SHARE = ScalarCodec.number(NumberRange.closedShare());

    private static final Codec<Queueing> QUEUEING =
            ScalarCodec.named("an order of service", List.of(Queueing.values()), value -> value.name()
                    .toLowerCase(Locale.ROOT)
                    .replace('_', '-'));

    private static final RecordCodec<Application> APPLICATION = RecordCodec.of("an application", fields -> {
        var name = fields.required("name", NAME, Application::name, "Its name");
        var share = fields.optional(
                "share",
                ScalarCodec.number(NumberRange.notNegative()),
                1.0,
                Application::share,
                "Of the devices that run it, relative to the others; 1 by default");
        var gap = fields.required(
                "meanGap", DURATION, Application::meanGap, "Mean time between tasks of one device while it is active");
        var active = fields.optional(
                "active", DURATION, YEAR, Application::active, "Length of a spell with tasks; always by default");
        var idle = fields.optional(
                "idle", DURATION, Duration.ZERO, Application::idle, "Length of a spell without; none by default");
        var upload = fields.required("upload", BYTES, Application::upload, "Mean size of what goes to a server");
        var download = fields.required("download", BYTES, Application::download, "Mean size of what comes back");
        var work = fields.required("work", OffloadPartsCodec.WORK, Application::work, "Mean work of a task");
        var sizes = fields.optional(
                "sizes",
                ScalarCodec.named("how sizes vary", List.of(Application.Sizes.values()), value -> value.name()
                        .toLowerCase(Locale.ROOT)),
                Application.Sizes.EXPONENTIAL,
                Application::sizes,
                "exponential by default");
        var cloud = fields.optional(
                "cloudShare",
                SHARE,
                0.0,
                Application::cloudShare,
                "Of the tasks that the policy cloud-share sends to the cloud; none by default");
        var deadline = fields.optional(
                "deadline", DURATION, Application::deadline, "By which the result is to be there; none by default");
        return given -> new Application(
                given.get(name),
                given.find(share).orElse(1.0),
                given.get(gap),
                given.find(active).orElse(YEAR),
                given.find(idle).orElse(Duration.ZERO),
                given.get(upload),
                given.get(download),
                given.get(work),
                given.find(sizes).orElse(Application.Sizes.EXPONENTIAL),
                given.find(cloud).orElse(0.0),
                given.find(deadline));
    });

    private static final RecordCodec<EndDevices> CLASS = RecordCodec.of("a class of devices", fields -> {
        var name = fields.required("name", NAME, EndDevices::name, "Its name");
        var count = fields.required("count", ScalarCodec.integer(1), EndDevices::count, "How many devices");
        var processor = fields.optional(
                "processor",
                OffloadPartsCodec.PROCESSOR,
                EndDevices::processor,
                "What a task runs on that stays, one at a time; none by default");
        var radio = fields.required("radio", RadioPowerCodec.RADIO_POWER, EndDevices::radio, "What its radio draws");
        var battery = fields.optional(
                "battery", ScalarCodec.ENERGY, EndDevices::battery, "Full at the start, not charged; mains by default");
        var mobility = fields.optional(
                "mobility",
                OffloadPartsCodec.MOBILITY,
                Mobility.none(),
                EndDevices::mobility,
                "How it changes from site to site; it stays by default");
        return given -> new EndDevices(
                given.get(name),
                given.get(count),
                given.find(processor),
                given.get(radio),
                given.find(battery),
                given.find(mobility).orElse(Mobility.none()));
    });

    /** So many sites alike. */
    private record Sites(Site site, int count) {
        List<Site> all() {
            List<Site> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                all.add(count == 1 ? site : site.named(site.name() + "-" + i));
            }
            return all;
        }
    }

    private static final RecordCodec<Sites> SITE = RecordCodec.of("an edge site", fields -> {
        var name = fields.required("name", NAME, of -> of.site().name(), "Its name");
        var count = fields.optional(
                "count",
                ScalarCodec.integer(1),
                1,
                Sites::count,
                "How many alike, then named name-0, name-1, ...; 1 by default");
        var radio =
                fields.required("radio", RadioCodec.TECHNOLOGY, of -> of.site().radio(), "Of its access point");
        var contention = fields.optional(
                "contention",
                RadioCodec.CONTENTION,
                of -> of.site().contention(),
                "What active stations get together; by default the bandwidth, however many they are");
        var fading = fields.optional(
                "fading", RadioCodec.FADING, of -> of.site().fading(), "Caps each transfer at a rate drawn for it");
        var server = fields.required(
                "server", OffloadPartsCodec.PROCESSOR, of -> of.site().server(), "What computes there");
        var queueing = fields.optional(
                "queueing",
                QUEUEING,
                Queueing.PROCESSOR_SHARING,
                of -> of.site().queueing(),
                "Of the server; processor-sharing by default");
        var position = fields.optional(
                "position", OffloadPartsCodec.POSITION, of -> of.site().position(), "For devices on a path");
        return given -> new Sites(
                new Site(
                        given.get(name),
                        given.get(radio),
                        given.find(contention),
                        given.find(fading),
                        given.get(server),
                        given.find(queueing).orElse(Queueing.PROCESSOR_SHARING),
                        given.find(position)),
                given.find(count).orElse(1));
    });

    private static final RecordCodec<Cloud> CLOUD = RecordCodec.of("a cloud", fields -> {
        var server = fields.required("server", OffloadPartsCodec.PROCESSOR, Cloud::server, "What computes there");
        var queueing = fields.optional(
                "queueing",
                QUEUEING,
                Queueing.PROCESSOR_SHARING,
                Cloud::queueing,
                "Of the server; processor-sharing by default");
        var link = fields.required("link", OffloadPartsCodec.BACKHAUL, Cloud::link, "To all sites together");
        return given ->
                new Cloud(given.get(server), given.find(queueing).orElse(Queueing.PROCESSOR_SHARING), given.get(link));
    });

    private static final RecordCodec<Migration> MIGRATION = RecordCodec.of("a migration of services", fields -> {
        var state = fields.required("state", BYTES, Migration::state, "What is sent over the backhaul at each move");
        var downtime = fields.required("downtime", DURATION, Migration::downtime, "Time in which tasks have to wait");
        return given -> new Migration(given.get(state), given.get(downtime));
    });

    private static final Codec<OffloadPolicy> POLICY = policies();

    static final RecordCodec<OffloadJob> JOB = RecordCodec.of("an offload workload", fields -> {
        var name = fields.required("name", ScalarCodec.text(), OffloadJob::name, "Its name");
        var applications = fields.required(
                "applications",
                new TableOrListCodec<>("applications", new ListCodec<>(APPLICATION, 1), OffloadTables::applications),
                OffloadJob::applications,
                "What tasks there are: a list, or {\"file\": ...} of a table as EdgeCloudSim and PureEdgeSim have them");
        var classes = fields.required("classes", new ListCodec<>(CLASS, 1), OffloadJob::classes, "The devices");
        var sites = fields.required(
                "sites",
                new ListCodec<>(SITE, 1),
                job -> job.sites().stream().map(site -> new Sites(site, 1)).toList(),
                "Access points with a server each");
        var backhaul = fields.optional(
                "backhaul", OffloadPartsCodec.BACKHAUL, OffloadJob::backhaul, "Between sites; needed for two or more");
        var cloud = fields.optional("cloud", CLOUD, OffloadJob::cloud, "Behind the sites; none by default");
        var policy = fields.optional(
                "policy",
                POLICY,
                job -> Optional.of(job.policy()),
                "Where tasks run; at the home site of the device by default");
        var handover = fields.optional(
                "handover", DURATION, Duration.ZERO, OffloadJob::handover, "Time without radio at a change of site");
        var migration = fields.optional(
                "migration",
                MIGRATION,
                OffloadJob::migration,
                "How services follow devices; every site serves all by default");
        var carbon = fields.optional(
                "carbon", CarbonCodec.CARBON, OffloadJob::carbon, "What a kilowatt-hour emits; not counted by default");
        return given -> new OffloadJob(
                given.get(name),
                given.get(applications),
                given.get(classes),
                given.get(sites).stream().flatMap(of -> of.all().stream()).toList(),
                given.find(backhaul),
                given.find(cloud),
                given.find(policy).orElse(OffloadPolicies.Named.EDGE),
                given.find(handover).orElse(Duration.ZERO),
                given.find(migration),
                given.find(carbon));
    });

    private OffloadCodec() {}

    private static Codec<OffloadPolicy> policies() {
        var choice = ChoiceCodec.<OffloadPolicy>of("an offload policy");
        for (OffloadPolicies.Named policy : OffloadPolicies.Named.values()) {
            choice.value(policy.name().toLowerCase(Locale.ROOT).replace('_', '-'), policy);
        }
        return choice.kind("weighted", OffloadPolicies.Weighted.class, RecordCodec.of("a weighted policy", fields -> {
                    var weight = fields.required(
                            "timeWeight",
                            SHARE,
                            OffloadPolicies.Weighted::timeWeight,
                            "Of time against energy of the device: 1 is time alone, 0 energy alone");
                    return given -> new OffloadPolicies.Weighted(given.get(weight));
                }))
                .plugIns(new PlugIns<>(OffloadPolicyProvider.class))
                .build();
    }
}
