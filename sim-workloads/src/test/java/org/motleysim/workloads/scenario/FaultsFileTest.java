package org.motleysim.workloads.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.motleysim.core.random.Distribution;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cluster.DeviceGroup;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.fault.Faults;
import org.motleysim.hardware.fault.Outage;
import org.motleysim.hardware.fault.Outages;
import org.motleysim.hardware.fault.RecordedOutages;
import org.motleysim.hardware.fault.RenewalOutages;
import org.motleysim.hardware.fault.SlowPhases;
import org.motleysim.hardware.fault.SoftErrors;
import org.motleysim.hardware.fault.Straggling;
import org.motleysim.hardware.price.Financing;
import org.motleysim.hardware.price.NetworkBill;
import org.motleysim.hardware.price.NetworkPrice;
import org.motleysim.hardware.price.OwnedPrice;
import org.motleysim.hardware.price.PriceModel;
import org.motleysim.hardware.price.PurchasePrices;
import org.motleysim.hardware.price.SpotLevel;
import org.motleysim.hardware.price.SpotMarket;
import org.motleysim.workloads.Problem;
import org.motleysim.workloads.arrival.Arrivals;
import org.motleysim.workloads.llm.LlmServing;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.request.RequestLengths;

/** Faults, prices and fleets in scenario files. */
class FaultsFileTest {
    private static final DeviceSpec H100 = Catalog.builtIn().device("nvidia-h100-sxm-80gb");

    @TempDir
    private Path folder;

    private static Scenario serving(Cluster cluster) {
        return Scenario.of(
                        cluster,
                        LlmServing.of(ModelSpec.builtIn("llama-3-8b"))
                                .arrivals(Arrivals.poisson(1))
                                .lengths(RequestLengths.fixed(100, 10))
                                .retryLimit(3)
                                .build())
                .horizon(Duration.ofSeconds(30))
                .build();
    }

    @Test
    void write_allFaultsAndPrices_areReadBackEqual() throws IOException {
        Path outages = Files.writeString(folder.resolve("outages.csv"), "device,down_s,up_s\n1,5,10.5\n0,7,8\n");
        Path prices = Files.writeString(folder.resolve("prices.csv"), "seconds,level\n0,0.4\n10,0.65\n");
        Financing loan = new Financing(0.053, 4.5, Financing.Loan.BULLET);
        SpotMarket market = new SpotMarket(
                new SpotLevel.MeanReverting(0.35, 0.3, Duration.ofHours(6), Duration.ofMinutes(5), 1.1),
                Optional.of(Outages.renewal(Distribution.weibull(0.7, 20_000), Distribution.constant(300))),
                OptionalDouble.of(0.6),
                Duration.ofMinutes(2));
        Cluster cluster = Cluster.builder("bad")
                .add(new DeviceGroup("a", 2, H100)
                        .withFaults(Faults.none()
                                .withOutages(new RenewalOutages(
                                        Distribution.exponential(180_000), Distribution.exponential(1_800), 1))
                                .withStragglers(new Straggling(0.1, Distribution.uniform(1.1, 1.5)))
                                .withSlowPhases(new SlowPhases(
                                        Outages.renewal(
                                                Distribution.exponential(600), Distribution.exponential(1 / 3.0)),
                                        1.25))
                                .withSoftErrors(new SoftErrors(100, 655.36, 0.9, 0.95, 0.02, 0.03)))
                        .withPrice(PriceModel.spot(market)))
                .add(new DeviceGroup("b", 2, H100)
                        .withFaults(Faults.none().withOutages(RecordedOutages.read(outages)))
                        .withPrice(PriceModel.spot(SpotMarket.of(SpotLevel.Recorded.read(prices)))))
                .add(new DeviceGroup("c", 2, H100)
                        .withFaults(Faults.none().withOutages(Outages.recorded(List.of(new Outage(0, 0.1, 1 / 3.0)))))
                        .withPrice(PriceModel.spot(SpotMarket.of(new SpotLevel.Recorded(
                                List.of(new SpotLevel.Step(0, 0.3), new SpotLevel.Step(9, 0.2)))))))
                .add(new DeviceGroup("d", 2, H100)
                        .withPrice(new OwnedPrice(Map.of(H100.name(), 31_234.5), loan, 0.05)
                                .plus(new NetworkPrice(
                                        NetworkBill.slimFly(28),
                                        new NetworkBill.Prices(1_000, 83_000, 503, 300),
                                        8,
                                        loan))))
                .price(new OwnedPrice(PurchasePrices.published(), Financing.annuity(0.08, 4), 0)
                        .plus(PriceModel.electricity(0.12, 1.25)))
                .build();
        Scenario scenario = serving(cluster);

        String text = ScenarioFile.write(scenario);

        assertEquals(scenario, ScenarioFile.parse(text, Path.of("")), text);
        assertTrue(text.contains("\"mtbf\" : \"50 h\"") || text.contains("\"mtbf\": \"50 h\""), text);
        assertEquals(
                scenario.run().digest(),
                ScenarioFile.parse(text, Path.of("")).run().digest());
    }

    private static final String FILE = """
            {
              "motley": 1,
              "cluster": {"devices": [%s], "price": "free"},
              "workloads": [{
                "kind": "llm-serving", "model": "llama-3-8b",
                "arrivals": {"kind": "poisson", "rate": "2 /s"},
                "lengths": {"kind": "fixed", "prompt": 100, "output": 20}
              }],
              "horizon": "10 s"
            }
            """;

    /** What stands in a group, and then path and words of the problem. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"faults\": {\"outages\": {\"kind\": \"exponential\", \"mtbf\": \"-5 h\", \"mttr\": \"1 h\"}} | faults.outages.mtbf | -5 h",
                "\"faults\": {\"outages\": {\"kind\": \"exponential\", \"mtbf\": \"0 h\", \"mttr\": \"1 h\"}} | faults.outages | above zero",
                "\"faults\": {\"outages\": {\"kind\": \"exponential\", \"mtbf\": 5, \"mttr\": \"1 h\"}} | faults.outages.mtbf | with its unit",
                "\"faults\": {\"outage\": {}} | faults.outage | outages",
                "\"faults\": {\"outages\": {\"kind\": \"recorded\", \"outages\": [{\"device\": 0, \"downSeconds\": 1, \"upSeconds\": 5}, {\"device\": 0, \"downSeconds\": 4, \"upSeconds\": 9}]}} | faults.outages | overlap",
                "\"faults\": {\"outages\": {\"kind\": \"recorded\", \"outages\": [{\"device\": 2, \"downSeconds\": 1, \"upSeconds\": 5}]}} | `` | numbered from 1",
                "\"faults\": {\"outages\": {\"kind\": \"recorded\"}} | faults.outages | neither",
                "\"faults\": {\"outages\": {\"kind\": \"recorded\", \"file\": \"nowhere.csv\"}} | faults.outages.file | must exist",
                "\"faults\": {\"stragglers\": {\"share\": 5, \"slowdown\": {\"kind\": \"constant\", \"value\": 2}}} | faults.stragglers.share | from 0 to 1",
                "\"faults\": {\"stragglers\": {\"share\": 0.5, \"slowdown\": {\"kind\": \"constant\", \"value\": 0.5}}} | faults.stragglers | at least 1",
                "\"price\": {\"kind\": \"spot\", \"bid\": 0.5} | price | \"level\" is missing",
                "\"price\": {\"kind\": \"spot\", \"level\": {\"kind\": \"steady\", \"level\": 0.7}, \"bid\": 0.5} | price | no device is ever given",
                "\"price\": {\"kind\": \"owned\", \"usd\": {\"nvidia-h100-sxm-80g\": 5}, \"financing\": {\"interestPerYear\": 0.1, \"years\": 4}} | price.usd.nvidia-h100-sxm-80g | nvidia-h100-sxm-80gb",
                "\"price\": {\"kind\": \"owned\", \"usd\": {\"nvidia-l4-24gb\": 5}, \"financing\": {\"interestPerYear\": 0.1, \"years\": 4}} | cluster | purchase price",
                "\"price\": {\"kind\": \"owned\", \"financing\": {\"interestPerYear\": 0.1, \"years\": 0}} | price.financing.years | above 0",
                "\"price\": {\"kind\": \"owned\", \"financing\": {\"interestPerYear\": 8, \"years\": 3}} | price.financing.interestPerYear | from 0 to 1",
                "\"price\": {\"kind\": \"electricity\", \"usdPerKilowattHour\": 0.1, \"pue\": 0.9} | price.pue | from 1",
                "\"price\": {\"kind\": \"network\", \"bill\": {\"kind\": \"fat-tree-2\", \"radix\": 7}, \"prices\": {\"usdPerEndpoint\": 1, \"usdPerSwitch\": 1, \"usdPerLink\": 1, \"usdPerOptic\": 1}, \"financing\": {\"interestPerYear\": 0, \"years\": 1}} | price.bill | even",
            })
    void read_badGroup_tellsPathAndRule(String fields, String path, String words) {
        String group = "{\"name\": \"g\", \"count\": 2, \"device\": \"nvidia-h100-sxm-80gb\", " + fields + "}";
        List<Problem> problems = assertThrows(
                        ScenarioException.class, () -> ScenarioFile.parse(FILE.formatted(group), folder))
                .problems();

        String at = "cluster".equals(path) ? "$.cluster" : "$.cluster.devices[0]" + (path == null ? "" : "." + path);
        assertEquals(at.replaceAll("\\.$", ""), problems.get(0).path(), problems.toString());
        String told = problems.get(0).message() + "\n" + problems.get(0).hint();
        assertTrue(told.contains(words), told);
    }

    @Test
    void read_severalBadThings_areToldAtOnce() {
        String groups = """
                {"device": "nvidia-h100-sxm-80gb", "faults": {"outages": {"kind": "exponential", "mtbf": "-1 h", "mttr": "x"}}},
                {"device": "nvidia-l4-24gb", "price": {"kind": "spot", "bid": -1}}
                """;
        List<Problem> problems = assertThrows(
                        ScenarioException.class, () -> ScenarioFile.parse(FILE.formatted(groups), folder))
                .problems();

        assertEquals(4, problems.size(), problems.toString());
    }

    @Test
    void read_fleet_makesGroupsOfTheDrawnDevices() throws IOException {
        String fleet = """
                {"name": "box", "price": {"kind": "electricity", "usdPerKilowattHour": 0.3}, "fleet": {
                  "classes": [
                    {"name": "Old", "weight": 3, "speed": "500 TFLOP/s", "memory": "40 GB", "linkDown": "1 Gbit/s", "linkUp": "1 Gbit/s"},
                    {"name": "New", "speed": "1 PFLOP/s", "memory": "80 GB", "linkDown": "1 Gbit/s", "linkUp": "1 Gbit/s",
                     "memoryBandwidth": "4 TB/s", "busyPower": "500 W"}
                  ],
                  "selection": "quotas", "count": 8, "like": "nvidia-h100-sxm-80gb", "speedFormat": "bf16"
                }}
                """;
        Scenario scenario = ScenarioFile.parse(FILE.formatted(fleet), folder);

        Cluster cluster = scenario.cluster();
        assertEquals(2, cluster.groups().size());
        DeviceGroup old = cluster.group("box-old-0").orElseThrow();
        DeviceGroup recent = cluster.group("box-new-1").orElseThrow();
        assertEquals(6, old.count());
        assertEquals("40 GB", old.spec().mainMemory().capacity().toString());
        assertEquals(
                500e12,
                old.spec()
                        .peak(org.motleysim.hardware.device.NumberFormat.BF16)
                        .orElseThrow()
                        .flopsPerSecond(),
                1);
        assertEquals(H100.mainMemory().bandwidth(), old.spec().mainMemory().bandwidth());
        assertEquals(500, recent.spec().tdp().orElseThrow().watts(), 1e-9);
        assertEquals(scenario, ScenarioFile.parse(ScenarioFile.write(scenario), folder));
        assertTrue(scenario.run().metrics().value("requests.finished") > 0);
    }

    @Test
    void read_fleetWithoutCount_isAProblem() {
        String fleet = "{\"fleet\": {\"classes\": [{\"name\": \"x\", \"speed\": \"1 TFLOP/s\", \"memory\": \"1 GB\","
                + " \"linkDown\": \"1 MB/s\", \"linkUp\": \"1 MB/s\"}], \"like\": \"nvidia-h100-sxm-80gb\"}}";
        List<Problem> problems = assertThrows(
                        ScenarioException.class, () -> ScenarioFile.parse(FILE.formatted(fleet), folder))
                .problems();

        assertTrue(problems.get(0).message().contains("\"count\" is missing"), problems.toString());
    }
}
