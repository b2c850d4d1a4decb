package org.motleysim.examples.reproductions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.motleysim.core.report.Cell;
import org.motleysim.core.report.Report;
import org.motleysim.core.report.Section.Column;
import org.motleysim.core.report.Section.Table;

/** The rows of a run for people, for programs and as the page {@code docs/reproductions.md}. */
public final class ReproductionsTable {
    private static final MathContext THREE = new MathContext(3);
    private static final String COMMAND = "java -jar examples/target/motley.jar reproduce --data ../shared/papers/data";

    private ReproductionsTable() {}

    /** Returns a table for the console. */
    public static String text(List<Outcome> rows) {
        var columns = List.of(
                Column.number("paper"),
                Column.text("claim"),
                Column.number("reported"),
                Column.number("predicted"),
                Column.number("ratio"),
                Column.text("tolerance"),
                Column.text("verdict"),
                Column.text("what"));
        List<List<Cell>> cells = rows.stream()
                .map(row -> List.of(
                        Cell.text(String.valueOf(row.paper().number())),
                        Cell.text(row.claim().map(Claim::id).orElse("-")),
                        Cell.text(reported(row)),
                        Cell.text(predicted(row)),
                        Cell.text(ratio(row)),
                        Cell.text(row.claim()
                                .map(claim -> claim.tolerance().text())
                                .orElse("-")),
                        Cell.text(row.verdict().label()),
                        Cell.text(explained(row))))
                .toList();
        return Report.builder("Reproductions")
                .subtitle(summary(rows))
                .add(new Table("", columns, cells))
                .build()
                .text();
    }

    /** Returns an array with an object for each row, numbers at full precision. */
    public static ArrayNode json(List<Outcome> rows) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Outcome row : rows) {
            ObjectNode object = list.addObject().put("paper", row.paper().number());
            row.claim()
                    .ifPresentOrElse(
                            claim -> object.put("claim", claim.id())
                                    .put("what", claim.what())
                                    .put("reported", claim.reported())
                                    .put("unit", claim.unit()),
                            () -> object.putNull("claim")
                                    .put("what", row.paper().title())
                                    .putNull("reported"));
            Prediction prediction = row.prediction();
            if (prediction.attempted()) {
                object.put("predicted", prediction.value());
                if (prediction.band()) {
                    object.put("predicted_low", prediction.low()).put("predicted_high", prediction.high());
                }
                object.put("ratio", row.ratio());
            } else {
                object.putNull("predicted").putNull("ratio");
            }
            object.put(
                            "tolerance",
                            row.claim().map(claim -> claim.tolerance().text()).orElse(""))
                    .put("verdict", row.verdict().label())
                    .put("reason", prediction.reason())
                    .put("source", row.claim().map(Claim::source).orElse(""));
        }
        return list;
    }

    /** Returns the page {@code docs/reproductions.md}. */
    public static String page(List<Outcome> rows) {
        var page = new StringBuilder(1 << 16);
        page.append("# Reproductions\n\n")
                .append("Published numbers beside what Motley computes from device specs and workload. Made by\n\n")
                .append("```\n")
                .append(COMMAND)
                .append(" --out docs/reproductions.md\n```\n\n")
                .append(
                        "The facts of each paper and the source of every number stand in `examples/reproductions/NN-name/reproduction.json`;\n")
                .append(
                        "reported values are only compared with. A band is computed where an input was not found. Rows that need measured\n")
                .append(
                        "tables of a paper (`--data`) are not attempted without them. A ratio is predicted over reported.\n\n")
                .append(summary(rows))
                .append(".\n");
        int paper = 0;
        var rest = new ArrayList<Outcome>();
        for (Outcome row : rows) {
            if (row.claim().isEmpty()) {
                rest.add(row);
                continue;
            }
            if (row.paper().number() != paper) {
                paper = row.paper().number();
                page.append("\n## ")
                        .append(paper)
                        .append(' ')
                        .append(row.paper().title())
                        .append("\n\n")
                        .append("| claim | what | reported | predicted | ratio | tolerance | verdict |\n")
                        .append("| --- | --- | ---: | ---: | ---: | --- | --- |\n");
            }
            String reason = row.prediction().reason();
            page.append("| ")
                    .append(String.join(
                            " | ",
                            row.claim().map(Claim::id).orElseThrow(),
                            row.claim().map(Claim::what).orElseThrow(),
                            reported(row),
                            predicted(row),
                            ratio(row),
                            row.claim().map(claim -> claim.tolerance().text()).orElseThrow(),
                            reason.isEmpty()
                                    ? row.verdict().label()
                                    : row.verdict().label() + ": " + reason))
                    .append(" |\n");
        }
        if (!rest.isEmpty()) {
            page.append("\n## Not attempted\n\n| paper | title | reason |\n| ---: | --- | --- |\n");
            for (Outcome row : rest) {
                page.append("| ")
                        .append(row.paper().number())
                        .append(" | ")
                        .append(row.paper().title())
                        .append(" | ")
                        .append(row.prediction().reason())
                        .append(" |\n");
            }
        }
        return page.toString();
    }

    private static String summary(List<Outcome> rows) {
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        rows.forEach(row -> counts.merge(row.verdict(), 1, Integer::sum));
        long papers = rows.stream().map(row -> row.paper().number()).distinct().count();
        return papers + " papers, " + rows.size() + " rows: "
                + counts.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey().label())
                        .collect(Collectors.joining(", "));
    }

    private static String explained(Outcome row) {
        String what = row.claim().map(Claim::what).orElse(row.paper().title());
        String reason = row.prediction().reason();
        return reason.isEmpty() ? what : what + " (" + reason + ")";
    }

    private static String reported(Outcome row) {
        return row.claim()
                .map(claim -> (number(claim.reported()) + " " + claim.unit()).strip())
                .orElse("-");
    }

    private static String predicted(Outcome row) {
        Prediction prediction = row.prediction();
        if (!prediction.attempted()) {
            return "-";
        }
        return prediction.band()
                ? rounded(prediction.low()) + " to " + rounded(prediction.high())
                : rounded(prediction.value());
    }

    private static String ratio(Outcome row) {
        return Double.isFinite(row.ratio()) ? String.format(Locale.ROOT, "%.2f", row.ratio()) : "-";
    }

    /** As published, with all its digits. */
    private static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /** Three digits, whole numbers from a thousand on in full. */
    private static String rounded(double value) {
        if (value == 0) {
            return "0";
        }
        if (Math.abs(value) >= 1000) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return new BigDecimal(value).round(THREE).stripTrailingZeros().toPlainString();
    }
}
