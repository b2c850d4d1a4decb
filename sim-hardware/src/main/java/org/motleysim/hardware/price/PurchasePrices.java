package org.motleysim.hardware.price;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Purchase prices of devices that were published, each with its source in {@code purchase-prices.csv}. Street prices differ by factors
 * and move by the month: for a decision, give your own.
 */
public final class PurchasePrices {
    private static final Map<String, Double> PUBLISHED = read();

    private PurchasePrices() {}

    /** Returns dollars by name of the device in the catalogue. */
    public static Map<String, Double> published() {
        return PUBLISHED;
    }

    private static Map<String, Double> read() {
        Map<String, Double> prices = new LinkedHashMap<>();
        try (InputStream bytes = Objects.requireNonNull(
                        PurchasePrices.class.getResourceAsStream("purchase-prices.csv"), "purchase-prices.csv");
                CSVParser rows = CSVParser.builder()
                        .setReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))
                        .setFormat(CSVFormat.RFC4180
                                .builder()
                                .setHeader()
                                .setSkipHeaderRecord(true)
                                .get())
                        .get()) {
            for (CSVRecord row : rows) {
                prices.put(row.get("device"), Double.valueOf(row.get("usd")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("purchase-prices.csv cannot be read", e);
        }
        return Collections.unmodifiableMap(prices);
    }
}
