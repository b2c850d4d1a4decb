package org.motleysim.core.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.motleysim.core.report.Section.Align;

/**
 * Lays a report out for a terminal, in plain columns and ASCII of its own. Texts of the user pass through, except that
 * control characters (a terminal would obey them) become a question mark.
 */
final class ConsoleFace {

    /** Longer tables end in a line that says how many rows are left out: the page and the files have them all. */
    static final int ROWS_SHOWN = 24;

    private static final String GAP = "  ";
    private static final int LONGEST_RULE = 100;

    private final StringBuilder out = new StringBuilder(4_096);

    private final int rowsShown;

    private ConsoleFace(int rowsShown) {
        this.rowsShown = rowsShown;
    }

    static String render(Report report, int rowsShown) {
        var face = new ConsoleFace(rowsShown);
        face.title(report);
        for (var section : report.sections()) {
            face.section(section);
        }
        if (!report.closing().isEmpty()) {
            face.out.append('\n');
        }
        report.closing().forEach(face::line);
        return face.out.toString();
    }

    private void title(Report report) {
        line(report.title());
        if (!report.subtitle().isEmpty()) {
            line(report.subtitle());
        }
        int width = Math.max(
                printable(report.title()).length(), printable(report.subtitle()).length());
        out.append("=".repeat(Math.min(width, LONGEST_RULE))).append('\n');
    }

    private void section(Section section) {
        if (section instanceof Section.Headline headline) {
            heading(headline.title());
            headline(headline);
        } else if (section instanceof Section.Table table && !table.detail()) {
            heading(table.title());
            table(table);
        } else if (section instanceof Section.Text text) {
            heading(text.title());
            line(text.text());
        }
    }

    private void heading(String title) {
        out.append('\n');
        if (!title.isEmpty()) {
            line(title);
        }
    }

    private void headline(Section.Headline headline) {
        var rows = headline.tiles().stream()
                .map(tile -> List.of(tile.label(), tile.value().display(), tile.note()))
                .toList();
        columns(List.of(Align.LEFT, Align.RIGHT, Align.LEFT), rows);
    }

    private void table(Section.Table table) {
        var lines = new ArrayList<List<String>>();
        if (table.headed()) {
            lines.add(table.columns().stream().map(Section.Column::name).toList());
        }
        for (var row : table.rows().subList(0, Math.min(rowsShown, table.rows().size()))) {
            lines.add(row.stream().map(Cell::display).toList());
        }
        columns(table.columns().stream().map(Section.Column::align).toList(), lines);
        int hidden = table.rows().size() - rowsShown;
        if (hidden > 0) {
            line(String.format(Locale.ROOT, "%s... and %,d more rows", GAP, hidden));
        }
    }

    /** Each column as wide as its widest cell; no blanks at the end of a line. */
    private void columns(List<Align> alignments, List<List<String>> rows) {
        int[] widths = new int[alignments.size()];
        for (var row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], printable(row.get(i)).length());
            }
        }
        for (var row : rows) {
            var text = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String cell = printable(row.get(i));
                String padding = " ".repeat(widths[i] - cell.length());
                text.append(GAP).append(alignments.get(i) == Align.RIGHT ? padding + cell : cell + padding);
            }
            out.append(text.toString().stripTrailing()).append('\n');
        }
    }

    private void line(String text) {
        out.append(printable(text)).append('\n');
    }

    private static String printable(String text) {
        return text.codePoints().anyMatch(Character::isISOControl) ? text.replaceAll("\\p{Cntrl}", "?") : text;
    }
}
