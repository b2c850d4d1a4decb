package org.motleysim.core.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.NumberOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.motleysim.core.metric.MetricSet;

/** The faces for programs: every metric at full precision, one a line. */
final class MetricsFace {

    private static final CSVFormat CSV =
            CSVFormat.RFC4180.builder().setHeader("metric", "value", "unit").get();

    private MetricsFace() {}

    /** The shortest text that reads back as the same double, on every JVM; {@code Double.toString} gives it from JDK 19 on only. */
    static String shortest(double value) {
        return NumberOutput.toString(value, true);
    }

    static void writeCsv(MetricSet metrics, OutputStream out) throws IOException {
        var writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        var printer = new CSVPrinter(writer, CSV);
        for (var metric : metrics) {
            printer.printRecord(metric.name(), shortest(metric.value()), metric.unit());
        }
        printer.flush();
    }

    static void writeJsonLines(MetricSet metrics, OutputStream out) throws IOException {
        var generator = JsonFactory.builder()
                .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                .build()
                .createGenerator(out)
                .setRootValueSeparator(null)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        for (var metric : metrics) {
            generator.writeStartObject();
            generator.writeStringField("metric", metric.name());
            generator.writeNumberField("value", metric.value());
            generator.writeStringField("unit", metric.unit());
            generator.writeEndObject();
            generator.writeRaw('\n');
        }
        generator.flush();
    }
}
