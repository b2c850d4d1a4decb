package org.motleysim.workloads.scenario;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.device.NumberFormats;
import org.motleysim.workloads.traces.RequestTrace;

/** What is known while one scenario is read: the problems so far, where relative paths begin, which devices and formats there are. */
final class Reading {

    private final Problems problems = new Problems();
    private final Path folder;
    private final Map<Path, RequestTrace> traces;
    private final Catalog installed;
    private Catalog catalog;
    private NumberFormats formats = NumberFormats.builtIn();

    /** @param folder where the relative paths in the file begin */
    Reading(Path folder) {
        this(folder, new HashMap<>(), Catalog.installed());
    }

    private Reading(Path folder, Map<Path, RequestTrace> traces, Catalog installed) {
        this.folder = folder;
        this.traces = traces;
        this.installed = installed;
        this.catalog = installed;
    }

    /** For one more scenario of the same folder: the catalogue and the traces that were read are not read again. */
    Reading another() {
        return new Reading(folder, traces, installed);
    }

    Problems problems() {
        return problems;
    }

    Catalog catalog() {
        return catalog;
    }

    /** Makes the scenario's own devices known to what is read after this. */
    void catalog(Catalog catalog) {
        this.catalog = catalog;
    }

    NumberFormats formats() {
        return formats;
    }

    /** Makes the scenario's own number formats known to what is read after this. */
    void formats(NumberFormats formats) {
        this.formats = formats;
    }

    /** The file a text names: relative to the scenario file, or to the working folder when typed as an override. */
    Path resolve(Node.Text name) {
        Path path = Path.of(name.value());
        return name.place().origin() == Place.Origin.FILE ? folder.resolve(path).normalize() : path;
    }

    /** The requests of a trace file, which is read once even when named for arrivals and for lengths. */
    RequestTrace trace(Path file) throws IOException {
        RequestTrace known = traces.get(file);
        if (known == null) {
            known = RequestTrace.read(file);
            traces.put(file, known);
        }
        return known;
    }
}
