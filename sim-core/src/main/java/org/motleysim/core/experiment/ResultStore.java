package org.motleysim.core.experiment;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.report.AtomicFile;

/**
 * A folder that keeps each run of a study as it ends, so that a study broken off at any point goes on where it stopped and ends with the
 * same bytes.
 *
 * <ul>
 *   <li>{@code study.json}: what the study is. Its hash is in every line; a folder with another one is refused.
 *   <li>{@code runs.jsonl}: a line for each run, in the order of the runs. It only ever grows at its end.
 *   <li>{@code runs.ahead}: runs that ended before an earlier one did. It is emptied when they have moved to {@code runs.jsonl}, and gone
 *       at the end.
 * </ul>
 *
 * <p>A line is written by one call and has a checksum: what a crash cut off is dropped when the folder is opened again. A killed process
 * loses the runs in flight and no other. Lines are forced to the disk once a second, so a power failure may cost a second more.
 *
 * <p>The folder is locked while it is open. Used by one thread at a time.
 */
public final class ResultStore implements AutoCloseable {
    static final String STUDY = "study.json";
    static final String RUNS = "runs.jsonl";
    private static final String AHEAD = "runs.ahead";
    private static final long NANOS_BETWEEN_FORCES = 1_000_000_000;

    private final Path folder;
    private final RunLine lines;
    private final FileChannel runs;
    private final FileChannel ahead;
    private long forced = System.nanoTime();
    private long replayed;

    private ResultStore(Path folder, String hash, FileChannel runs, FileChannel ahead) {
        this.folder = folder;
        this.lines = new RunLine(hash);
        this.runs = runs;
        this.ahead = ahead;
    }

    /**
     * Opens a folder, which is made when missing.
     *
     * @param study all that determines the runs, as text: equal studies have equal texts
     * @param resume whether runs that are there are kept; if not, there must be none
     * @throws IOException when it cannot be read or written
     * @throws IllegalArgumentException when the folder belongs to another study, or has runs and {@code resume} is false, or is open
     */
    public static ResultStore open(Path folder, String study, boolean resume) throws IOException {
        Path description = folder.resolve(STUDY);
        Path file = folder.resolve(RUNS);
        if (Files.exists(description) && !hash(Files.readString(description)).equals(hash(study))) {
            throw new IllegalArgumentException("folder (" + folder + ") must belong to this study, and its " + STUDY
                    + " is that of another\nMaybe another folder, or remove this one.");
        }
        if (!resume && Files.exists(file) && Files.size(file) > 0) {
            throw new IllegalArgumentException("folder (" + folder + ") must have no runs yet, and has a " + RUNS
                    + "\nMaybe resume it, or another folder.");
        }
        Files.createDirectories(folder);
        FileChannel runs =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        @Nullable FileChannel ahead = null;
        try {
            lock(runs, folder);
            if (!Files.exists(description)) {
                AtomicFile.write(description, study);
            }
            ahead = FileChannel.open(
                    folder.resolve(AHEAD),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            return new ResultStore(folder, hash(study), runs, ahead);
        } catch (IOException | RuntimeException e) {
            runs.close();
            if (ahead != null) {
                ahead.close();
            }
            throw e;
        }
    }

    /** The hash of a study: the first 64 bits of SHA-256, as 16 hexadecimal digits. */
    public static String hash(String study) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(study.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Reads the runs of a folder without locking it; a line that is cut ends them.
     *
     * @return the text of its {@code study.json}
     * @throws IOException when it cannot be read
     */
    public static String read(Path folder, Consumer<RunRecord> each) throws IOException {
        String study = Files.readString(folder.resolve(STUDY));
        var lines = new RunLine(hash(study));
        scan(folder.resolve(RUNS), lines, each);
        return study;
    }

    /** The folder. */
    public Path folder() {
        return folder;
    }

    /** How many runs of the opened folder were kept; known after the experiment has begun. */
    public long replayed() {
        return replayed;
    }

    /**
     * Reads what is there, cuts off what is not whole, and leaves both files ready to be appended to.
     *
     * @param each sees the runs in order
     * @return the runs that had ended before an earlier one, by number
     */
    Map<Long, RunRecord> replay(Consumer<RunRecord> each) throws IOException {
        var order = new Object() {
            long next;
        };
        long good = scan(folder.resolve(RUNS), lines, run -> {
            each.accept(run);
            order.next = run.run() + 1;
        });
        runs.truncate(good);
        runs.position(good);
        var early = new TreeMap<Long, RunRecord>();
        long whole = scan(folder.resolve(AHEAD), new RunLine(lines.study()), run -> early.put(run.run(), run));
        early.keySet().removeIf(run -> run < order.next);
        ahead.truncate(whole);
        ahead.position(whole);
        replayed = order.next + early.size();
        return early;
    }

    /** Puts a run at the end. */
    void append(RunRecord run) throws IOException {
        write(runs, lines.write(run));
        long now = System.nanoTime();
        if (now - forced > NANOS_BETWEEN_FORCES) {
            forced = now;
            runs.force(false);
        }
    }

    /** Keeps a run until its turn comes. */
    void keep(RunRecord run) throws IOException {
        write(ahead, lines.writeWhole(run));
    }

    /** Forgets what was kept: all of it has its place now. */
    void forget() throws IOException {
        if (ahead.position() > 0) {
            ahead.truncate(0);
        }
    }

    /** The study has all its runs. */
    void complete() throws IOException {
        runs.force(true);
        ahead.close();
        Files.deleteIfExists(folder.resolve(AHEAD));
    }

    /** Releases the folder. */
    @Override
    public void close() throws IOException {
        ahead.close();
        runs.close();
    }

    private static void write(FileChannel channel, byte[] line) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(line);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** Returns the length of the part that is whole and in order. */
    private static long scan(Path file, RunLine lines, Consumer<RunRecord> each) throws IOException {
        long good = 0;
        var line = new ByteArrayOutputStream(1_024);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b != '\n') {
                    line.write(b);
                    continue;
                }
                byte[] bytes = line.toByteArray();
                line.reset();
                Optional<RunRecord> run = lines.read(bytes, bytes.length);
                if (run.isEmpty()) {
                    return good;
                }
                each.accept(run.get());
                good += bytes.length + 1L;
            }
        }
        return good;
    }

    private static void lock(FileChannel channel, Path folder) throws IOException {
        @Nullable FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw new IllegalArgumentException(
                    "folder (" + folder + ") must be free, and a study that runs has it open\nMaybe another folder.");
        }
    }
}
