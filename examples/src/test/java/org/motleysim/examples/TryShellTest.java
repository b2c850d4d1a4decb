package org.motleysim.examples;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.prefs.AbstractPreferences;
import jdk.jshell.tool.JavaShellToolBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Starts the shell of docs/try.jsh and types what its comment proposes. */
class TryShellTest {
    private static final String TYPED = """
            hello.run().report().print()
            Experiment.named("pairs").variant(Variant.of("a", seed -> hello.withSeed(seed).run().metrics())).stop(StoppingRule.replications(2)).build().run().runs()
            /exit
            """;

    /** Nothing of the user's settings gets in, and nothing into them. */
    private static final class NoPreferences extends AbstractPreferences {
        NoPreferences() {
            super(null, "");
        }

        @Override
        protected void putSpi(String key, String value) {}

        @Override
        protected @Nullable String getSpi(String key) {
            return null;
        }

        @Override
        protected void removeSpi(String key) {}

        @Override
        protected void removeNodeSpi() {}

        @Override
        protected String[] keysSpi() {
            return new String[0];
        }

        @Override
        protected String[] childrenNamesSpi() {
            return new String[0];
        }

        @Override
        protected AbstractPreferences childSpi(String name) {
            return this;
        }

        @Override
        protected void syncSpi() {}

        @Override
        protected void flushSpi() {}
    }

    @Test
    void shell_withTheScript_knowsWhatAGuideTypes() throws Exception {
        var written = new ByteArrayOutputStream();
        var out = new PrintStream(written, true, StandardCharsets.UTF_8);
        JavaShellToolBuilder.builder()
                .in(new ByteArrayInputStream(TYPED.getBytes(StandardCharsets.UTF_8)), null)
                .out(out)
                .err(out)
                .persistence(new NoPreferences())
                .env(Map.of())
                .start(
                        "--class-path",
                        System.getProperty("java.class.path"),
                        "-R--add-modules=ALL-SYSTEM",
                        Path.of("..", "docs", "try.jsh").toString());
        String text = written.toString(StandardCharsets.UTF_8);

        assertTrue(text.contains("llama-3-8b on 1 x nvidia-l4-24gb"), text);
        assertTrue(text.contains("==> 2"), text);
        assertFalse(text.contains("Error:"), text);
    }
}
