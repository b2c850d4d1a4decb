package org.motleysim.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphCommandTest {
    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int execute(String... arguments) {
        return Motley.execute(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    @Test
    void graph_stgToDot_canBeReadAgain() throws IOException {
        Path stg = Files.write(folder.resolve("two.stg"), List.of("1", "0 0 0", "1 3 1 0", "2 0 1 1"));
        Path dot = folder.resolve("two.dot");

        assertEquals(0, execute("graph", stg.toString(), "--unit", "1 ms", "--dot", dot.toString()), err::toString);
        assertTrue(Files.readString(dot).contains("runtime_s=\"0.003\""));
        assertEquals(0, execute("graph", dot.toString()), err::toString);
        assertTrue(out.toString().contains("tasks on the longest chain      3"), out.toString());
        out.getBuffer().setLength(0);
        assertEquals(0, execute("graph", dot.toString(), "--json"), err::toString);
        assertEquals(3, Json.parse(out.toString()).get("longestChain").intValue());
    }

    @Test
    void graph_cycle_isNamedAndBadInput() throws IOException {
        Path dot = Files.write(
                folder.resolve("loop.dot"), List.of("digraph G { a [flop=1]; b [flop=1]; a -> b; b -> a; }"));

        assertEquals(2, execute("graph", dot.toString()));
        assertTrue(err.toString().contains("a -> b -> a"), err.toString());
    }

    @Test
    void graph_unknownEnding_tellsTheChoices() {
        assertEquals(2, execute("graph", "tasks.xml"));
        assertTrue(err.toString().contains("must end in .json, .stg, .dot, .gv or .et"), err.toString());
    }
}
