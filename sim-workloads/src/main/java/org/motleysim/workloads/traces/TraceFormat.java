package org.motleysim.workloads.traces;

import java.util.Locale;

/** The layouts of request traces that can be read. Columns may stand in any order; others beside them are ignored. */
public enum TraceFormat {
    /**
     * Azure LLM inference traces 2023 and later: CSV with {@code TIMESTAMP,ContextTokens,GeneratedTokens}; timestamps such as
     * {@code 2023-11-16 18:15:46.6805900}. Times count from the first row.
     */
    AZURE("TIMESTAMP", "ContextTokens", "GeneratedTokens"),

    /** Vidur: CSV with {@code arrived_at,num_prefill_tokens,num_decode_tokens}; times in seconds from the start. */
    VIDUR("arrived_at", "num_prefill_tokens", "num_decode_tokens"),

    /**
     * Mooncake: one JSON object a line with {@code timestamp} (milliseconds from the start), {@code input_length} and
     * {@code output_length}; {@code hash_ids} number blocks of 512 tokens of the prompt.
     */
    MOONCAKE("timestamp", "input_length", "output_length"),

    /**
     * BurstGPT: CSV with {@code Timestamp,Request tokens,Response tokens}; times in seconds from the start. Rows whose response has no
     * tokens are failures of the recorded service and left out.
     */
    BURST_GPT("Timestamp", "Request tokens", "Response tokens"),

    /**
     * CSV with {@code arrival_s,prompt_tokens,output_tokens}; times in seconds from the start. A column such as
     * {@code prefix_block_ids_16tok} numbers blocks of 16 tokens of the prompt, with blanks between the numbers.
     */
    PLAIN("arrival_s", "prompt_tokens", "output_tokens"),

    /** CSV with {@code timestamp_ms,prompt_tokens,output_tokens}; times in milliseconds from the start; blocks as above. */
    PLAIN_MILLISECONDS("timestamp_ms", "prompt_tokens", "output_tokens");

    private final String timeColumn;
    private final String promptColumn;
    private final String outputColumn;

    TraceFormat(String timeColumn, String promptColumn, String outputColumn) {
        this.timeColumn = timeColumn;
        this.promptColumn = promptColumn;
        this.outputColumn = outputColumn;
    }

    /** Returns the name used in files, such as {@code "plain-milliseconds"}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the name of the field that says when a request arrives. */
    public String timeColumn() {
        return timeColumn;
    }

    /** Returns the name of the field that says how many tokens its prompt has. */
    public String promptColumn() {
        return promptColumn;
    }

    /** Returns the name of the field that says how many tokens it generates. */
    public String outputColumn() {
        return outputColumn;
    }

    /** Returns the three fields as a CSV header. */
    public String header() {
        return timeColumn + "," + promptColumn + "," + outputColumn;
    }
}
