package org.motleysim.workloads.traces;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads Mooncake JSON lines. */
final class JsonLinesTraceReader {
    private static final int MOST_BLANKS = 1_000;
    private static final String BLOCKS = "hash_ids";
    private static final int BLOCK_TOKENS = 512;

    private final Path file;
    private final JsonFactory json = new JsonFactory();
    private final TraceBuilder rows;
    private int blanks;

    JsonLinesTraceReader(Path file) {
        this.file = file;
        this.rows = new TraceBuilder(file.toString());
    }

    RequestTrace read() throws IOException {
        try (BufferedReader lines = new BufferedReader(BoundedLines.open(file, rows))) {
            String text = lines.readLine();
            for (long line = 1; text != null; line++) {
                if (!text.isBlank()) {
                    row(line, line == 1 ? TraceDetection.withoutMark(text) : text);
                } else if (++blanks > MOST_BLANKS) {
                    throw rows.fatal(
                            line, "is one of more than " + MOST_BLANKS + " blank lines; maybe the file is not a trace");
                }
                text = lines.readLine();
            }
        }
        return rows.build();
    }

    private void row(long line, String text) throws IOException {
        Field time = new Field(TraceFormat.MOONCAKE.timeColumn());
        Field prompt = new Field(TraceFormat.MOONCAKE.promptColumn());
        Field output = new Field(TraceFormat.MOONCAKE.outputColumn());
        try (JsonParser parser = json.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                rows.problem(line, 1, "must be a JSON object, not " + TraceBuilder.shown(text));
                return;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (name.equals(BLOCKS) && parser.currentToken() == JsonToken.START_ARRAY) {
                    blocks(line, parser);
                } else if (!time.take(name, parser) && !prompt.take(name, parser) && !output.take(name, parser)) {
                    parser.skipChildren();
                }
            }
        } catch (JsonProcessingException e) {
            rows.problem(line, Math.max(0, e.getLocation().getColumnNr()), "is not JSON: " + firstLine(e));
            return;
        }
        if (time.isThere(line) && prompt.isThere(line) && output.isThere(line)) {
            rows.add(
                    line,
                    rows.nanos(line, time.column, time.name, time.value(), 1_000_000L),
                    rows.tokens(line, prompt.column, prompt.name, prompt.value()),
                    rows.tokens(line, output.column, output.name, output.value()));
        }
    }

    private void blocks(long line, JsonParser parser) throws IOException {
        rows.numbersBlocks(BLOCK_TOKENS);
        while (parser.nextToken() != JsonToken.END_ARRAY && parser.currentToken() != null) {
            if (parser.currentToken().isStructStart()) {
                parser.skipChildren();
            } else {
                rows.block(line, parser.currentTokenLocation().getColumnNr(), parser.getText());
            }
        }
    }

    private static String firstLine(JsonProcessingException e) {
        return String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
    }

    /** One wanted field of the current line. */
    private final class Field {
        private final String name;
        private @Nullable String text;
        private int column;

        Field(String name) {
            this.name = name;
        }

        boolean take(String found, JsonParser parser) throws IOException {
            if (!name.equals(found) || parser.currentToken().isStructStart()) {
                return false;
            }
            text = parser.getText();
            column = parser.currentTokenLocation().getColumnNr();
            return true;
        }

        boolean isThere(long line) {
            if (text == null) {
                rows.problem(line, 0, "has no number \"" + name + "\"");
            }
            return text != null;
        }

        String value() {
            return text == null ? "" : text;
        }
    }
}
