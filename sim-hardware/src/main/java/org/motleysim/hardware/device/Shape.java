package org.motleysim.hardware.device;

/**
 * What a kernel works on, for cost models that look beyond flops and bytes: tiles, waves and heads follow from it. Flops and bytes of
 * the {@link Kernel} say how much there is to do; the shape says how well it can be divided.
 */
public sealed interface Shape {
    /** Nothing is known but flops and bytes. */
    Shape NONE = new None();

    /** See {@link #NONE}. */
    record None() implements Shape {}

    /**
     * C[m,n] = A[m,k] B[k,n].
     *
     * @param weightFormat format that B is stored in
     */
    record Product(long m, long n, long k, NumberFormat weightFormat) implements Shape {
        /** @throws IllegalArgumentException if a size is negative */
        public Product {
            notNegative("m", m);
            notNegative("n", n);
            notNegative("k", k);
        }

        /** Returns the same with another format of what is stored. */
        public Product stored(NumberFormat format) {
            return new Product(m, n, k, format);
        }
    }

    /**
     * A convolution of square filters over a batch of images. Dense and grouped ones are computed as an implicit matrix product per group
     * (Chetlur et al., cuDNN, arXiv:1410.0759); its size is that of {@code product}.
     *
     * @param batch images
     * @param inChannels channels read, a multiple of {@code groups}
     * @param outChannels channels written, a multiple of {@code groups}
     * @param outHeight rows written
     * @param outWidth columns written
     * @param kernel side of the filter
     * @param stride between the places of the filter
     * @param groups independent parts; as many as channels when depthwise
     */
    record Convolution(
            long batch,
            long inChannels,
            long outChannels,
            long outHeight,
            long outWidth,
            int kernel,
            int stride,
            long groups)
            implements Shape {
        /** @throws IllegalArgumentException if a number is below one or the groups do not divide the channels */
        public Convolution {
            positive("batch", batch);
            positive("inChannels", inChannels);
            positive("outChannels", outChannels);
            positive("outHeight", outHeight);
            positive("outWidth", outWidth);
            positive("kernel", kernel);
            positive("stride", stride);
            positive("groups", groups);
            if (inChannels % groups != 0 || outChannels % groups != 0) {
                throw new IllegalArgumentException("groups (" + groups + ") must divide inChannels (" + inChannels
                        + ") and outChannels (" + outChannels + ")");
            }
        }

        /** Returns whether each channel is convolved by itself, so that there is no inner dimension to reuse data along. */
        public boolean depthwise() {
            return groups > 1 && groups == inChannels;
        }

        /** Returns the product of one group: places by filters by the elements under a filter, the weights in {@code weightFormat}. */
        public Product product(NumberFormat weightFormat) {
            return new Product(
                    batch * outHeight * outWidth,
                    outChannels / groups,
                    inChannels / groups * kernel * kernel,
                    weightFormat);
        }
    }

    /**
     * Fused attention of one layer.
     *
     * @param sequences that share the kernel; tokens are totals over them
     * @param newTokens queries
     * @param contextTokens keys, new ones included
     * @param window keys that a query sees at most; 0 for all
     * @param cacheFormat format that keys and values are stored in
     */
    record Attention(
            long queryHeads,
            long keyValueHeads,
            long headDim,
            long sequences,
            long newTokens,
            long contextTokens,
            long window,
            NumberFormat cacheFormat)
            implements Shape {
        /** @throws IllegalArgumentException if a number is negative */
        public Attention {
            notNegative("queryHeads", queryHeads);
            notNegative("keyValueHeads", keyValueHeads);
            notNegative("headDim", headDim);
            notNegative("sequences", sequences);
            notNegative("newTokens", newTokens);
            notNegative("contextTokens", contextTokens);
            notNegative("window", window);
        }

        /** Returns the same with another format of what is stored. */
        public Attention stored(NumberFormat format) {
            return new Attention(
                    queryHeads, keyValueHeads, headDim, sequences, newTokens, contextTokens, window, format);
        }
    }

    /**
     * Attention on latent vectors (DeepSeek-V2, section 2.1.2), one layer.
     *
     * @param latentRank elements of the vector cached for each token, without the rotary part
     * @param rotaryDim elements of the rotary part
     * @param sequences that share the kernel; tokens are totals over them
     */
    record LatentAttention(
            long heads,
            long latentRank,
            long rotaryDim,
            long sequences,
            long newTokens,
            long contextTokens,
            NumberFormat cacheFormat)
            implements Shape {
        /** @throws IllegalArgumentException if a number is negative */
        public LatentAttention {
            notNegative("heads", heads);
            notNegative("latentRank", latentRank);
            notNegative("rotaryDim", rotaryDim);
            notNegative("sequences", sequences);
            notNegative("newTokens", newTokens);
            notNegative("contextTokens", contextTokens);
        }

        /** Returns the same with another format of what is stored. */
        public LatentAttention stored(NumberFormat format) {
            return new LatentAttention(heads, latentRank, rotaryDim, sequences, newTokens, contextTokens, format);
        }
    }

    /**
     * The routed experts of one layer on one device: gate, up and down products of each token with the experts it chose.
     *
     * @param tokens that reach this device's experts or may do so
     * @param hidden width of the model
     * @param intermediate width of one expert on this device
     * @param chosen experts per token
     * @param experts of the layer on this device
     * @param skew exponent of the power law by which experts are chosen; 0 for even chances
     * @param weightFormat format that the experts are stored in
     */
    record Experts(
            long tokens,
            long hidden,
            long intermediate,
            long chosen,
            long experts,
            double skew,
            NumberFormat weightFormat)
            implements Shape {
        /** @throws IllegalArgumentException if a number is negative */
        public Experts {
            notNegative("tokens", tokens);
            notNegative("hidden", hidden);
            notNegative("intermediate", intermediate);
            notNegative("chosen", chosen);
            notNegative("experts", experts);
            if (!(skew >= 0) || skew == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException("skew (" + skew + ") must be a finite number, zero or more");
            }
        }

        /** Returns the same with another format of what is stored. */
        public Experts stored(NumberFormat format) {
            return new Experts(tokens, hidden, intermediate, chosen, experts, skew, format);
        }
    }

    /** Work along rows, such as a norm. */
    record Rows(long rows, long columns) implements Shape {
        /** @throws IllegalArgumentException if a number is negative */
        public Rows {
            notNegative("rows", rows);
            notNegative("columns", columns);
        }
    }

    /** Work on single elements. */
    record Elements(long count) implements Shape {
        /** @throws IllegalArgumentException if the number is negative */
        public Elements {
            notNegative("count", count);
        }
    }

    /**
     * A message of a collective.
     *
     * @param bytes of the whole message on one device
     * @param ranks devices that take part
     */
    record Message(double bytes, int ranks) implements Shape {
        /** @throws IllegalArgumentException if there are no ranks or the bytes are negative */
        public Message {
            if (!(bytes >= 0) || bytes == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException("bytes (" + bytes + ") must be a finite number, zero or more");
            }
            if (ranks < 1) {
                throw new IllegalArgumentException("ranks (" + ranks + ") must be 1 or more");
            }
        }
    }

    private static void positive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " (" + value + ") must be 1 or more");
        }
    }

    private static void notNegative(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " (" + value + ") must be zero or more");
        }
    }
}
