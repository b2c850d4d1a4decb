package org.motleysim.workloads.llm.step;

import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.model.SlidingWindow;

/**
 * What one iteration computes, as the few sums its cost depends on. Made once per replica, then {@linkplain #clear cleared} and filled
 * for each iteration; not thread-safe.
 *
 * <p>A <em>pair</em> is one new token attending to one token (itself included). The windowed sums are the same ones as seen by layers with
 * a sliding window; without such layers they equal the full ones.
 */
public final class Iteration {
    private final long window;
    private long prefillChunks;
    private long prefillTokens;
    private long prefillPairs;
    private long prefillSquares;
    private long prefillContext;
    private long windowedPrefillPairs;
    private long windowedPrefillContext;
    private long decodes;
    private long decodeContext;
    private long windowedDecodeContext;
    private long sampled;

    private Iteration(long window) {
        this.window = window;
    }

    /** Returns the tokens that a windowed layer sees; the largest {@code int} if there is no such layer. */
    long window() {
        return window;
    }

    /** Returns an empty iteration of a model. */
    public static Iteration of(ModelSpec model) {
        return new Iteration(model.slidingWindow().map(SlidingWindow::tokens).orElse(Integer.MAX_VALUE));
    }

    /** Empties this iteration. */
    public void clear() {
        prefillChunks = 0;
        prefillTokens = 0;
        prefillPairs = 0;
        prefillSquares = 0;
        prefillContext = 0;
        windowedPrefillPairs = 0;
        windowedPrefillContext = 0;
        decodes = 0;
        decodeContext = 0;
        windowedDecodeContext = 0;
        sampled = 0;
    }

    /**
     * Adds a chunk of a prompt.
     *
     * @param tokens in the chunk, at least 1
     * @param cached tokens of the same prompt that are in the KV cache already
     * @param last whether the prompt ends here, so that its first output token is sampled
     */
    public void prefill(long tokens, long cached, boolean last) {
        prefillChunks++;
        prefillTokens += tokens;
        prefillPairs += tokens * cached + tokens * (tokens + 1) / 2;
        prefillSquares += tokens * tokens;
        prefillContext += cached + tokens;
        windowedPrefillPairs += windowedPairs(tokens, cached);
        windowedPrefillContext += Math.min(cached + tokens, window - 1 + tokens);
        if (last) {
            sampled++;
        }
    }

    /**
     * Adds a sequence that generates one token.
     *
     * @param context tokens it attends to: those in the KV cache and the new one
     */
    public void decode(long context) {
        decodes++;
        decodeContext += context;
        windowedDecodeContext += Math.min(context, window);
        sampled++;
    }

    /**
     * Adds sequences that generate one token each, all at once; for models without a sliding window.
     *
     * @param sequences how many
     * @param contextSum the sum of the tokens that they attend to
     * @throws IllegalStateException if the model has a sliding window, which needs the sequences one by one
     */
    public void decode(long sequences, long contextSum) {
        if (window != Integer.MAX_VALUE) {
            throw new IllegalStateException("decode(sequences, contextSum) needs a model without a sliding window");
        }
        decodes += sequences;
        decodeContext += contextSum;
        windowedDecodeContext += contextSum;
        sampled += sequences;
    }

    /** The sum of min(cached + i, window) for i = 1 ... tokens. */
    private long windowedPairs(long tokens, long cached) {
        long growing = Math.max(0, Math.min(tokens, window - cached));
        return growing * cached + growing * (growing + 1) / 2 + (tokens - growing) * window;
    }

    /** Tokens computed: of prompts and one for each decoding sequence. */
    public long tokens() {
        return prefillTokens + decodes;
    }

    /** Chunks of prompts. */
    public long prefillChunks() {
        return prefillChunks;
    }

    /** Tokens of prompts. */
    public long prefillTokens() {
        return prefillTokens;
    }

    /** Pairs that tokens of prompts attend to. */
    public long prefillPairs() {
        return prefillPairs;
    }

    /** The sum of the squares of the tokens of each chunk; its root is the one chunk that has as many pairs without a cache. */
    public long prefillSquares() {
        return prefillSquares;
    }

    /** The sum of the products of the tokens of each chunk and those that were in the cache before it. */
    public long prefillCachedPairs() {
        return prefillPairs - (prefillSquares + prefillTokens) / 2;
    }

    /** Tokens whose keys and values the chunks read, their own included. */
    public long prefillContext() {
        return prefillContext;
    }

    /** {@link #prefillPairs} in layers with a sliding window. */
    public long windowedPrefillPairs() {
        return windowedPrefillPairs;
    }

    /** {@link #prefillContext} in layers with a sliding window. */
    public long windowedPrefillContext() {
        return windowedPrefillContext;
    }

    /** Decoding sequences. */
    public long decodes() {
        return decodes;
    }

    /** Tokens whose keys and values the decoding sequences read, the new ones included. */
    public long decodeContext() {
        return decodeContext;
    }

    /** {@link #decodeContext} in layers with a sliding window. */
    public long windowedDecodeContext() {
        return windowedDecodeContext;
    }

    /** Output tokens that this iteration samples. */
    public long sampled() {
        return sampled;
    }
}
