package org.motleysim.workloads.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.workloads.Problem;
import org.motleysim.workloads.offload.Application;
import org.motleysim.workloads.offload.OffloadJob;

class OffloadFileTest {
    private static final Path FOLDER = Path.of("..", "examples", "scenarios");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"campus-offload.json", "offload-on-a-walk.json", "drone-swarm.json"})
    void example_writtenAndRead_isTheSame(String file) {
        Scenario scenario = ScenarioFile.read(FOLDER.resolve(file));

        assertEquals(scenario, ScenarioFile.parse(ScenarioFile.write(scenario), FOLDER));
        assertEquals(List.of(), scenario.problems());
    }

    @Test
    void example_run_writesMetricsAndReport() {
        RunResult result =
                ScenarioFile.read(FOLDER.resolve("campus-offload.json")).run();
        MetricSet metrics = result.metrics();

        // Three sites with eight cores of 4,000 MIPS and 200 phones: nothing is overloaded, and that is what it says.
        assertEquals(0, metrics.value("unstable"));
        assertTrue(result.report().text().contains("campus: servers"));
        assertTrue(result.report().text().contains("site-2"));
        // Two applications in the ratio 30 to 20, active 45 of 60 and 10 of 30 seconds, every 5 and 30 seconds.
        double expected = 200 * 1200 * (0.6 * 0.75 / 5 + 0.4 / 3 / 30);
        assertEquals(expected, metrics.value("tasks.generated"), 0.1 * expected);
    }

    private static List<String> paths(String json, Path from) {
        return assertThrows(ScenarioException.class, () -> ScenarioFile.parse(json, from)).problems().stream()
                .map(Problem::path)
                .toList();
    }

    @Test
    void badFile_tellsEverythingAtOnce() throws IOException {
        String json = Files.readString(FOLDER.resolve("campus-offload.json"))
                .replace("\"meanGap\": \"5 s\"", "\"meanGap\": 5")
                .replace(
                        "\"radio\": \"wifi\",\n          \"contention\": \"wlan\"",
                        "\"radio\": \"wify\",\n          \"contention\": \"wlan2\"")
                .replace("\"kind\": \"weighted\", \"timeWeight\": 0.5", "\"kind\": \"weighted\", \"timeWeight\": 1.5")
                .replace("\"backhaul\"", "\"backhual\"")
                .replace("\"count\": 200", "\"count\": 0");

        assertEquals(
                List.of(
                        "$.workloads[0].applications[0].meanGap",
                        "$.workloads[0].classes[0].count",
                        "$.workloads[0].sites[0].radio",
                        "$.workloads[0].sites[0].contention",
                        "$.workloads[0].backhual",
                        "$.workloads[0].policy.timeWeight"),
                paths(json, FOLDER));
    }

    /** The battery is full at the start, and below 99.9% after some tasks: then they go away. */
    @Test
    void policyOfOnesOwn_byItsName_isAsked() throws IOException {
        String json = Files.readString(FOLDER.resolve("campus-offload.json"))
                .replaceFirst("\\{\"kind\": \"weighted\"[^}]*}", "{\"kind\": \"test.low-battery\", \"below\": 0.999}");
        Scenario scenario = ScenarioFile.parse(json, FOLDER);
        MetricSet metrics = scenario.run().metrics();

        assertEquals(scenario, ScenarioFile.parse(ScenarioFile.write(scenario), FOLDER));
        assertTrue(metrics.value("tasks.local") > 0);
        assertTrue(metrics.value("tasks.edge") > 0);
        assertEquals(0, metrics.value("tasks.cloud"));
    }

    private static String withApplications(String applications) throws IOException {
        String json = Files.readString(FOLDER.resolve("campus-offload.json"));
        int from = json.indexOf("\"applications\": [");
        int to = json.indexOf("\"classes\"");
        return json.substring(0, from) + "\"applications\": " + applications + ",\n" + json.substring(to);
    }

    @Test
    void table_withTheNamesOfEdgeCloudSim_isRead() throws IOException {
        Files.writeString(folder.resolve("apps.csv"), """
                source,app,usage_percentage,prob_cloud_selection,poisson_interarrival,active_period,idle_period,data_upload,data_download,task_length
                one,AR,30,20,5,45,15,1500,25,2000
                one,HEALTH,70,10,30,10,20,1250,20,400
                two,AR,100,0,2,,,20,20,500
                """);
        Scenario scenario =
                ScenarioFile.parse(withApplications("{\"file\": \"apps.csv\", \"source\": \"one\"}"), folder);
        List<Application> applications = ((OffloadJob) scenario.workloads().get(0)).applications();

        assertEquals(
                List.of("AR", "HEALTH"),
                applications.stream().map(Application::name).toList());
        assertEquals(1_500_000, applications.get(0).upload().value());
        assertEquals(0.1, applications.get(1).cloudShare());
        assertEquals(0.75, applications.get(0).activeShare());
        assertEquals(scenario, ScenarioFile.parse(ScenarioFile.write(scenario), folder));
    }

    @Test
    void table_withManyFaults_tellsEachWithItsLine() throws IOException {
        Files.writeString(folder.resolve("apps.csv"), """
                app,usage_pct,mean_interarrival_s,upload_kb,download_kb,task_mi
                a,30,5,x,25,2000
                b,30,,1,25,2000
                c,30,0,1,25,2000
                c,-1,1,1,25,2000
                """);
        List<String> messages = assertThrows(
                        ScenarioException.class,
                        () -> ScenarioFile.parse(withApplications("{\"file\": \"apps.csv\"}"), folder))
                .problems()
                .stream()
                .map(Problem::message)
                .toList();

        assertEquals(5, messages.size(), messages.toString());
        assertTrue(messages.get(0).startsWith("apps.csv:2: upload_kb (\"x\") must be a number"), messages.get(0));
        assertTrue(messages.get(1).startsWith("apps.csv:3: mean_interarrival_s must not be empty"), messages.get(1));
        assertTrue(messages.get(2).startsWith("apps.csv:4: times"), messages.get(2));
        assertTrue(messages.get(3).startsWith("apps.csv:5: application (\"c\") must be there once"), messages.get(3));
        assertTrue(messages.get(4).startsWith("apps.csv:5: share"), messages.get(4));
    }

    @Test
    void table_withoutItsColumnsOrItsSource_saysWhatThereIs() throws IOException {
        Files.writeString(folder.resolve("apps.csv"), "app,usage_pct\na,1\n");
        assertEquals(
                4, paths(withApplications("{\"file\": \"apps.csv\"}"), folder).size());
        Files.writeString(
                folder.resolve("apps.csv"),
                "source,app,usage_pct,mean_interarrival_s,upload_kb,download_kb,task_mi\none,a,1,1,1,1,1\n");
        List<Problem> problems = assertThrows(
                        ScenarioException.class,
                        () -> ScenarioFile.parse(
                                withApplications("{\"file\": \"apps.csv\", \"source\": \"on\"}"), folder))
                .problems();
        assertTrue(problems.get(0).message().contains("[one]"), problems.toString());
        assertEquals("Maybe \"one\".", problems.get(0).hint());
        assertEquals(
                1, paths(withApplications("{\"file\": \"none.csv\"}"), folder).size());
    }
}
