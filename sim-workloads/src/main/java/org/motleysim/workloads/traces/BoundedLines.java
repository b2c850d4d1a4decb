package org.motleysim.workloads.traces;

import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Characters of a file, refused as soon as a line is longer than any row of a trace can be; so junk cannot fill the memory. */
final class BoundedLines extends FilterReader {
    /** Mooncake rows with the block hashes of a million tokens have some 20,000 characters. */
    static final int LONGEST_LINE = 1 << 20;

    private static final long LARGEST_FILE = 4L << 30;

    private final TraceBuilder rows;
    private long line = 1;
    private int length;

    private BoundedLines(Reader in, TraceBuilder rows) {
        super(in);
        this.rows = rows;
    }

    /** Opens a file. Bytes that are no UTF-8 become replacement characters, which no number contains. */
    static BoundedLines open(Path file, TraceBuilder rows) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw rows.fatal(0, Files.exists(file) ? "is not a regular file" : "does not exist");
        }
        long size = Files.size(file);
        if (size > LARGEST_FILE) {
            throw rows.fatal(0, "is larger than 4 GiB (" + size + " bytes)");
        }
        Reader reader = new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8);
        return new BoundedLines(new BufferedReader(reader, 1 << 16), rows);
    }

    @Override
    public int read() throws IOException {
        int c = in.read();
        if (c >= 0) {
            count((char) c);
        }
        return c;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int count = in.read(buffer, offset, length);
        for (int i = 0; i < count; i++) {
            count(buffer[offset + i]);
        }
        return count;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(char c) {
        if (c == '\n') {
            line++;
            length = 0;
        } else if (++length > LONGEST_LINE) {
            throw rows.fatal(line, "is longer than " + LONGEST_LINE + " characters; maybe the file is not a trace");
        }
    }
}
