package org.motleysim.workloads.offload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tables of other simulators and of the edge of Melbourne, as they are. */
class PublicTablesTest {
    private static Path edge() {
        String folder = System.getProperty("motley.data", System.getenv().getOrDefault("MOTLEY_DATA", ""));
        assumeTrue(
                !folder.isEmpty(), "set MOTLEY_DATA or -Dmotley.data to the folder of measured data to run this test");
        return Path.of(folder, "edge");
    }

    @Test
    void applications_ofEdgeCloudSimAndPureEdgeSim_areRead() throws IOException {
        Path csv = edge().resolve("mec_applications.csv");
        List<Application> apps = OffloadTables.applications(csv, Optional.of("EdgeCloudSim app1"));
        assertEquals(4, apps.size());
        assertEquals("AUGMENTED_REALITY", apps.get(0).name());
        assertEquals(new Work.Instructions(2000), apps.get(0).work());
        assertEquals(100, apps.stream().mapToDouble(Application::share).sum());
        assertEquals(
                1,
                OffloadTables.applications(csv, Optional.of("PureEdgeSim"))
                        .get(0)
                        .activeShare());
    }

    /** A walk through Melbourne: a person covers it at a few metres to some hundred from one point to the next. */
    @Test
    void path_ofAUser_staysInTheCity() throws IOException {
        List<Coordinates> path = OffloadTables.path(edge().resolve("userslocation_melbcbd_1.csv"));
        Coordinates centre = new Coordinates(-37.8136, 144.9631);
        assertTrue(path.size() > 50);
        assertTrue(path.stream().allMatch(point -> point.metresTo(centre) < 3_000));
    }
}
