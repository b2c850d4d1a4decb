package org.motleysim.core.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.util.Objects;

/**
 * The page of a study: one HTML file that asks nothing of a network, with a table of variants, what was found, and charts that a person can
 * sort, filter and point at.
 *
 * @param title what the study is called
 * @param subtitle one line below the title
 * @param closing the line that closes the page
 * @param data the numbers as JSON, in the form that {@code study.js} draws: {@code axes}, {@code metrics}, {@code variants}, {@code
 *     differences}, {@code effects}, {@code values}, {@code inputs}, {@code pareto}, {@code failures}
 */
public record StudyPage(String title, String subtitle, String closing, String data) {

    /** What the template sees. */
    private record View(
            String title,
            String subtitle,
            String closing,
            String style,
            String script,
            String scriptHash,
            String data) {}

    /** Checks that nothing is null. */
    public StudyPage {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(subtitle, "subtitle");
        Objects.requireNonNull(closing, "closing");
        Objects.requireNonNull(data, "data");
    }

    /** The whole HTML document. */
    public String html() {
        String script = HtmlFace.script("study.js");
        String style = HtmlFace.resource("uplot/uPlot.min.css") + "\n" + HtmlFace.resource("report.css")
                + HtmlFace.resource("study.css");
        Template template = Mustache.compiler().compile(HtmlFace.resource("study.html"));
        // Inside a script element only a < could end the data.
        return template.execute(new View(
                title, subtitle, closing, style, script, HtmlFace.sha256(script), data.replace("<", "\\u003c")));
    }
}
