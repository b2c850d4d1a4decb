package org.motleysim.hardware.calibration;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.motleysim.core.name.NearestName;
import org.motleysim.hardware.device.NumberFormat;

/**
 * How tables write formats.
 *
 * @param compute format of the arithmetic
 * @param weights format that the weights are stored in
 */
record TableFormat(NumberFormat compute, NumberFormat weights) {
    private static final Map<String, TableFormat> BY_NAME = byName();

    static TableFormat of(TableRow row, String column) {
        String text = row.text(column);
        TableFormat format = BY_NAME.get(text);
        if (format == null) {
            Optional<String> nearest = NearestName.of(text, BY_NAME.keySet());
            throw row.error(
                    column,
                    "must be a known format\nMaybe "
                            + nearest.map(name -> "\"" + name + "\".")
                                    .orElseGet(() -> "one of " + String.join(", ", BY_NAME.keySet()) + "."));
        }
        return format;
    }

    private static Map<String, TableFormat> byName() {
        Map<String, TableFormat> names = new LinkedHashMap<>();
        for (NumberFormat format : NumberFormat.builtIn()) {
            names.put(format.label(), both(format));
        }
        names.put("bfloat16", both(NumberFormat.BF16));
        names.put("float16", both(NumberFormat.FP16));
        names.put("half", both(NumberFormat.FP16));
        names.put("float32", both(NumberFormat.FP32));
        names.put("fp8_block", both(NumberFormat.FP8));
        // Fits and tables count the bytes of elements; what scales cost is in the times.
        names.put("nvfp4", both(NumberFormat.FP4));
        names.put("int4_wo", new TableFormat(NumberFormat.BF16, NumberFormat.INT4));
        names.put("w4a16_mxfp4", new TableFormat(NumberFormat.BF16, NumberFormat.FP4));
        names.put("w4a8_mxfp4_mxfp8", new TableFormat(NumberFormat.FP8, NumberFormat.FP4));
        return names;
    }

    private static TableFormat both(NumberFormat format) {
        return new TableFormat(format, format);
    }
}
