package org.motleysim.hardware.calibration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;
import org.motleysim.hardware.device.KernelFamily;

/**
 * The measured kernels of a folder. Immutable.
 *
 * <pre>{@code
 * MeasuredKernels measured = MeasuredKernels.read(Path.of("data"));
 * List<Measurement> gemm = measured.of("h100_sxm", "vllm", KernelFamily.GEMM);
 * }</pre>
 *
 * <p>Read are {@code serving/ops/*.csv}, {@code serving/profiles/*.csv} and {@code cluster/*.csv} of kernels below the folder, as far as they are there, or else every
 * {@code *.csv} in the folder itself; see {@link KernelTable} for the columns.
 */
public final class MeasuredKernels {
    private static final List<String> FILES = List.of(
            "serving/ops/gemm_vllm.csv",
            "serving/ops/gemm_trtllm.csv",
            "serving/ops/attention_prefill_vllm.csv",
            "serving/ops/attention_decode_vllm.csv",
            "serving/ops/mla_prefill.csv",
            "serving/ops/mla_decode.csv",
            "serving/ops/moe.csv",
            "serving/ops/nccl.csv",
            "serving/ops/custom_allreduce.csv",
            "serving/ops/dense_ops_ms.csv",
            "serving/ops/collectives_ms.csv",
            "cluster/kernels_a100.csv",
            "cluster/mamf_matmul.csv");

    private static final String PROFILES = "serving/profiles";

    private final Path source;
    private final List<Measurement> all;

    private MeasuredKernels(Path source, List<Measurement> all) {
        this.source = source;
        this.all = List.copyOf(all);
    }

    /**
     * Reads a folder of tables or one table.
     *
     * @throws IllegalArgumentException as {@link #read} does
     */
    public static MeasuredKernels readAny(Path source) {
        return Files.isRegularFile(source) ? readTable(source) : read(source);
    }

    /**
     * Reads the tables of a folder.
     *
     * @throws IllegalArgumentException if it is no folder, holds no table, or a table has a fault, naming file, line, column and value
     */
    public static MeasuredKernels read(Path dataDir) {
        if (!Files.isDirectory(dataDir)) {
            throw new IllegalArgumentException("data (" + dataDir + ") must be a folder");
        }
        List<Path> files = FILES.stream()
                .map(dataDir::resolve)
                .filter(Files::isRegularFile)
                .toList();
        Path profiles = dataDir.resolve(PROFILES);
        if (Files.isDirectory(profiles)) {
            files = Stream.concat(files.stream(), tablesIn(profiles).stream()).toList();
        }
        if (files.isEmpty()) {
            files = tablesIn(dataDir);
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException("data (" + dataDir + ") must hold tables of measured kernels"
                    + "\nMaybe the folder above it: serving/ops/gemm_vllm.csv and others are looked for.");
        }
        List<Measurement> all = new ArrayList<>();
        files.forEach(file -> all.addAll(table(file)));
        return new MeasuredKernels(dataDir, all);
    }

    /**
     * Reads one table.
     *
     * @throws IllegalArgumentException as {@link #read} does
     */
    public static MeasuredKernels readTable(Path file) {
        return new MeasuredKernels(file, table(file));
    }

    /** Returns the folder or file they were read from. */
    public Path source() {
        return source;
    }

    /** Returns all rows, file by file, in the order of the files. */
    public List<Measurement> all() {
        return all;
    }

    /** Returns the rows that are wanted, in order. */
    public List<Measurement> where(Predicate<Measurement> wanted) {
        return all.stream().filter(wanted).toList();
    }

    /** Returns the rows of one file, named without folder and ending, such as {@code "gemm_vllm"}. */
    public List<Measurement> table(String name) {
        return where(row -> row.table().equals(name));
    }

    /** Returns the rows of one machine, framework and family. */
    public List<Measurement> of(String system, String framework, KernelFamily family) {
        return where(row -> row.kernel().family() == family
                && row.system().equals(system)
                && row.framework().equals(framework));
    }

    private static List<Path> tablesIn(Path folder) {
        try (var entries = Files.list(folder)) {
            return entries.filter(file -> file.toString().endsWith(".csv"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder + ": " + e.getMessage(), e);
        }
    }

    private static List<Measurement> table(Path file) {
        String fileName = String.valueOf(file.getFileName());
        String name = fileName.endsWith(".csv") ? fileName.substring(0, fileName.length() - 4) : fileName;
        List<Measurement> rows = new ArrayList<>();
        CsvTable.read(file, new CsvTable.Reader() {
            private RowReader reader = (row, into) -> {};

            @Override
            public void header(List<String> columns) {
                reader = reader(file, name, columns);
            }

            @Override
            public void row(TableRow row, CSVRecord fields) {
                reader.read(row, rows);
            }
        });
        return rows;
    }

    /** Reads the measurements of a row. */
    interface RowReader {
        void read(TableRow row, List<Measurement> into);
    }

    private static RowReader reader(Path file, String name, List<String> header) {
        if (ProfileTables.isProfile(name)) {
            Optional<ProfileTables.Profile> profile = ProfileTables.of(name);
            return (row, into) -> profile.ifPresent(known -> known.read(row, into));
        }
        if (OperatorTables.isDense(header)) {
            return (row, into) -> OperatorTables.dense(name, row, into);
        }
        if (OperatorTables.isCollectives(header)) {
            return (row, into) -> OperatorTables.collective(name, row, into);
        }
        if (OperatorTables.isBestMatmul(header)) {
            return (row, into) -> OperatorTables.bestMatmul(name, row, into);
        }
        KernelTable table;
        try {
            table = KernelTable.of(header);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ", line 1: " + e.getMessage(), e);
        }
        return (row, into) -> {
            if (!table.skips(row)) {
                into.add(new Measurement(name, table.kernel(row), table.seconds(row)));
            }
        };
    }
}
