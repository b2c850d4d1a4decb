package org.motleysim.examples.reproductions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Runs the reproductions. Immutable.
 *
 * <pre>{@code
 * List<Outcome> rows = Reproductions.packed().run(Set.of(58), Optional.empty());
 * }</pre>
 */
public final class Reproductions {
    /** How many papers the list has. */
    static final int PAPERS = 88;

    /** One class per paper, by number. */
    private static final List<Reproduction> ALL = List.of(
            new StaleUpdates(),
            new DataCollection(),
            new ModernCpp(),
            new Agentic(),
            new Gmorl(),
            new DeepSeekV3(),
            new LowFormer(),
            new FedCompass(),
            new PcDarts(),
            new HopperMicrobenchmarks(),
            new Help(),
            new IntVersusFp(),
            new SocSchedulers(),
            new OnceForAll(),
            new BottleFit(),
            new NeuralFilter(),
            new CoupledHosts(),
            new FemtoDet(),
            new Fp8VersusInt8(),
            new TpiLlm(),
            new FusedKernelLibrary(),
            new ModelScaling(),
            new ConvertingAutoencoder(),
            new Tempi(),
            new MobileTl(),
            new BlockQuantisation(),
            new HawqV3(),
            new Qutlass());

    private final InputsFolder files;

    private Reproductions(InputsFolder files) {
        this.files = files;
    }

    /** Returns the reproductions with the inputs that come with Motley. */
    public static Reproductions packed() {
        return new Reproductions(InputsFolder.packed());
    }

    /**
     * Returns the reproductions with the inputs of a folder like {@code examples/reproductions}.
     *
     * @throws IllegalArgumentException if there is no such folder
     */
    public static Reproductions at(Path folder) {
        return new Reproductions(InputsFolder.at(folder));
    }

    /**
     * Runs some papers, or all when none is named; the rows are in the order of papers and of their claims.
     *
     * @param papers numbers, 1 to 88
     * @param data the published tables of the papers: a folder with {@code 24-help} and its like, or a neighbour of it
     * @throws IllegalArgumentException if a number is not that of a paper, or an input is at fault
     */
    public List<Outcome> run(Set<Integer> papers, Optional<Path> data) {
        Optional<Path> tables = data.map(Reproductions::tables);
        Map<Integer, Paper> known = papers();
        Map<Integer, Reproduction> built = new TreeMap<>();
        ALL.forEach(reproduction -> built.put(reproduction.paper(), reproduction));
        var rows = new ArrayList<Outcome>();
        for (int number : papers.isEmpty() ? known.keySet() : new TreeSet<>(papers)) {
            Paper paper = known.get(number);
            if (paper == null) {
                throw new IllegalArgumentException("paper (" + number + ") must be 1 to " + PAPERS);
            }
            Reproduction reproduction = built.get(number);
            if (reproduction == null) {
                rows.add(Outcome.notAttempted(paper));
            } else {
                rows.addAll(run(paper, reproduction, tables));
            }
        }
        return rows;
    }

    private List<Outcome> run(Paper paper, Reproduction reproduction, Optional<Path> data) {
        Inputs inputs = Inputs.read(reproduction.folder(), files, data);
        var predictions = new Predictions();
        reproduction.predict(inputs, predictions);
        var claims = new TreeSet<String>();
        var rows = new ArrayList<Outcome>();
        for (Claim claim : inputs.claims()) {
            claims.add(claim.id());
            Prediction none = new Prediction(Double.NaN, Double.NaN, claim.notAttempted());
            rows.add(Outcome.of(paper, claim, predictions.of(claim.id()).orElse(none)));
        }
        for (String claim : predictions.claims()) {
            if (!claims.contains(claim)) {
                throw new IllegalArgumentException(
                        reproduction.folder() + ": prediction (" + claim + ") must be of one of the claims " + claims);
            }
        }
        return rows;
    }

    private Map<Integer, Paper> papers() {
        try {
            var papers = new TreeMap<Integer, Paper>();
            for (JsonNode row : JsonMapper.builder()
                    .build()
                    .readTree(files.text("papers.json"))
                    .path("papers")) {
                var paper = new Paper(
                        row.path("paper").intValue(),
                        row.path("title").asText(),
                        row.path("notAttempted").asText("not attempted yet"));
                papers.put(paper.number(), paper);
            }
            return papers;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("papers.json must be JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** The tables may stand in the folder itself or in papers/data of it or beside it. */
    private static Path tables(Path data) {
        for (String place : List.of("", "papers/data", "../papers/data")) {
            Path folder = data.resolve(place).normalize();
            if (Files.isDirectory(folder.resolve("24-help"))) {
                return folder;
            }
        }
        throw new IllegalArgumentException("data (" + data
                + ") must be a folder with the tables of the papers, such as 24-help\nMaybe ../shared/papers/data.");
    }
}
