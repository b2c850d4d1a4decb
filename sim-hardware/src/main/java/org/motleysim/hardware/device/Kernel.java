package org.motleysim.hardware.device;

/**
 * A demand on one device: arithmetic, traffic to main memory, and the shape they come from. It says nothing about time; a
 * {@code CostModel} does.
 *
 * <p>Conventions: a multiply-add is two flops; bytes are what a perfect cache would leave to main memory (each operand once).
 *
 * @param family which code runs
 * @param format the format the arithmetic is asked for in
 * @param flops operations, zero or more
 * @param bytesRead from main memory, zero or more
 * @param bytesWritten to main memory, zero or more
 * @param shape what it works on
 */
public record Kernel(
        KernelFamily family, NumberFormat format, double flops, double bytesRead, double bytesWritten, Shape shape) {
    /** @throws IllegalArgumentException if a number is negative, infinite or not a number */
    public Kernel {
        notNegative("flops", flops);
        notNegative("bytesRead", bytesRead);
        notNegative("bytesWritten", bytesWritten);
    }

    /** Returns bytes read and written together. */
    public double bytes() {
        return bytesRead + bytesWritten;
    }

    /** Returns the format that weights, or keys and values, are stored in; that of the arithmetic where the shape names no other. */
    public NumberFormat storedFormat() {
        if (shape instanceof Shape.Product product) {
            return product.weightFormat();
        }
        if (shape instanceof Shape.Attention attention) {
            return attention.cacheFormat();
        }
        if (shape instanceof Shape.LatentAttention latent) {
            return latent.cacheFormat();
        }
        return shape instanceof Shape.Experts experts ? experts.weightFormat() : format;
    }

    /** Returns the elements of weights, or of keys and values, that are read; 0 where the shape does not tell them from other inputs. */
    public double storedElements() {
        if (shape instanceof Shape.Product product) {
            return (double) product.n() * product.k();
        }
        if (shape instanceof Shape.Convolution filters) {
            double perFilter = (double) filters.inChannels() / filters.groups() * filters.kernel() * filters.kernel();
            return perFilter * filters.outChannels();
        }
        if (shape instanceof Shape.Attention attention) {
            return 2.0 * attention.contextTokens() * attention.keyValueHeads() * attention.headDim();
        }
        if (shape instanceof Shape.LatentAttention latent) {
            return (double) latent.contextTokens() * (latent.latentRank() + latent.rotaryDim());
        }
        if (shape instanceof Shape.Experts experts) {
            double matrices = 3.0 * experts.hidden() * experts.intermediate();
            double pairs = matrices == 0 ? 0 : flops / (2 * matrices);
            return matrices * Math.min((double) experts.experts(), pairs);
        }
        return 0;
    }

    /** Returns the same demand computed in another format from weights stored in another; flops and bytes stay. */
    public Kernel in(NumberFormat format, NumberFormat storedFormat) {
        return new Kernel(family, format, flops, bytesRead, bytesWritten, stored(storedFormat));
    }

    private Shape stored(NumberFormat storedFormat) {
        if (shape instanceof Shape.Product product) {
            return product.stored(storedFormat);
        }
        if (shape instanceof Shape.Attention attention) {
            return attention.stored(storedFormat);
        }
        if (shape instanceof Shape.LatentAttention latent) {
            return latent.stored(storedFormat);
        }
        return shape instanceof Shape.Experts experts ? experts.stored(storedFormat) : shape;
    }

    /** Returns the same demand with the bytes of elements alone where blocks of them share scales. */
    public Kernel withoutScales() {
        NumberFormat stored = storedFormat();
        double weights = Math.min(bytesRead, storedElements() * stored.bytesPerElement());
        double read = weights * elementShare(stored) + (bytesRead - weights) * elementShare(format);
        return new Kernel(family, format, flops, read, bytesWritten, shape);
    }

    private static double elementShare(NumberFormat format) {
        return format.elementBits() / format.bitsPerElement();
    }

    /**
     * C[m,n] = A[m,k] B[k,n], all in one format: 2mnk flops; A and B are read once and C written once. The output of formats
     * narrower than 16 bits is written in 16.
     */
    public static Kernel gemm(long m, long n, long k, NumberFormat format) {
        return gemm(m, n, k, format, format);
    }

    /** The same with B (the weights) stored in another format than the one computed in. */
    public static Kernel gemm(long m, long n, long k, NumberFormat format, NumberFormat weightFormat) {
        double activations = format.bytesPerElement();
        double read = (double) m * k * activations + (double) k * n * weightFormat.bytesPerElement();
        double written = (double) m * n * Math.max(2.0, activations);
        return new Kernel(
                KernelFamily.GEMM, format, 2.0 * m * n * k, read, written, new Shape.Product(m, n, k, weightFormat));
    }

    /**
     * A convolution: 2 x outputs x (inChannels / groups) x kernel^2 flops; the input (or the part of it that lies under a filter), the
     * weights and the output count once. Its family is depthwise when each channel is a group of its own.
     *
     * @param inHeight rows read
     * @param inWidth columns read
     */
    public static Kernel convolution(Shape.Convolution shape, long inHeight, long inWidth, NumberFormat format) {
        double element = format.bytesPerElement();
        double places = (double) shape.batch() * shape.outHeight() * shape.outWidth();
        double perOutput = (double) shape.inChannels() / shape.groups() * shape.kernel() * shape.kernel();
        double seen = Math.min((double) shape.batch() * inHeight * inWidth, places * shape.kernel() * shape.kernel());
        return new Kernel(
                shape.depthwise() ? KernelFamily.DEPTHWISE : KernelFamily.CONVOLUTION,
                format,
                2 * places * shape.outChannels() * perOutput,
                (seen * shape.inChannels() + perOutput * shape.outChannels()) * element,
                places * shape.outChannels() * Math.max(2.0, element),
                shape);
    }

    /** Work on {@code elements}: some inputs of that size read, one output written. */
    public static Kernel elementwise(long elements, int inputs, double flopsPerElement, NumberFormat format) {
        return perElement(KernelFamily.ELEMENTWISE, elements, inputs, flopsPerElement, format);
    }

    /** Normalisation of {@code rows} vectors: one read, one write and about eight flops an element. */
    public static Kernel norm(long rows, long columns, NumberFormat format) {
        double elements = (double) rows * columns;
        double bytes = elements * format.bytesPerElement();
        return new Kernel(KernelFamily.NORM, format, 8.0 * elements, bytes, bytes, new Shape.Rows(rows, columns));
    }

    /** Rows of a table gathered: read and written once, no flops. */
    public static Kernel embedding(long rows, long columns, NumberFormat format) {
        double bytes = (double) rows * columns * format.bytesPerElement();
        return new Kernel(KernelFamily.EMBEDDING, format, 0, bytes, bytes, new Shape.Rows(rows, columns));
    }

    /** Bytes copied inside the device. */
    public static Kernel copy(double bytes) {
        return new Kernel(KernelFamily.COPY, NumberFormat.FP16, 0, bytes, bytes, Shape.NONE);
    }

    /**
     * Causal attention of one chunk of a prompt in one layer. With c new tokens after p cached ones there are
     * c p + c (c + 1) / 2 pairs, each worth 4 x queryHeads x headDim flops (scores, then weighted sum). Queries, keys and values are
     * read once, the output is written once.
     *
     * @param newTokens c
     * @param cachedTokens p
     */
    public static Kernel attentionPrefill(
            long newTokens,
            long cachedTokens,
            long queryHeads,
            long keyValueHeads,
            long headDim,
            NumberFormat format,
            NumberFormat cacheFormat) {
        double pairs = (double) newTokens * cachedTokens + 0.5 * newTokens * (newTokens + 1.0);
        double context = (double) newTokens + cachedTokens;
        double queries = (double) newTokens * queryHeads * headDim * Math.max(2.0, format.bytesPerElement());
        double keysAndValues = 2.0 * context * keyValueHeads * headDim * cacheFormat.bytesPerElement();
        return new Kernel(
                KernelFamily.ATTENTION_PREFILL,
                format,
                4.0 * queryHeads * headDim * pairs,
                queries + keysAndValues,
                queries,
                new Shape.Attention(
                        queryHeads, keyValueHeads, headDim, 1, newTokens, newTokens + cachedTokens, 0, cacheFormat));
    }

    /**
     * Attention of one new token per sequence in one layer: 4 x queryHeads x headDim flops and one read of keys and values per token of
     * context.
     *
     * @param sequences number of new tokens
     * @param contextTokens sum over the sequences, new tokens included
     */
    public static Kernel attentionDecode(
            long sequences,
            long contextTokens,
            long queryHeads,
            long keyValueHeads,
            long headDim,
            NumberFormat format,
            NumberFormat cacheFormat) {
        double queries = (double) sequences * queryHeads * headDim * Math.max(2.0, format.bytesPerElement());
        double keysAndValues = 2.0 * contextTokens * keyValueHeads * headDim * cacheFormat.bytesPerElement();
        return new Kernel(
                KernelFamily.ATTENTION_DECODE,
                format,
                4.0 * queryHeads * headDim * contextTokens,
                queries + keysAndValues,
                queries,
                new Shape.Attention(
                        queryHeads, keyValueHeads, headDim, sequences, sequences, contextTokens, 0, cacheFormat));
    }

    /**
     * All-reduce of a message over the devices of one node: as in a ring, 2 (ranks - 1) / ranks of the message leaves each device and as
     * much arrives. {@code bytesWritten} is what leaves; it counts on the device link.
     */
    public static Kernel allReduce(double messageBytes, int ranks) {
        Shape message = new Shape.Message(messageBytes, ranks);
        double wire = 2.0 * (ranks - 1) / ranks * messageBytes;
        return new Kernel(KernelFamily.ALL_REDUCE, NumberFormat.FP16, 0, 0, wire, message);
    }

    private static Kernel perElement(
            KernelFamily family, long elements, int inputs, double flopsPerElement, NumberFormat format) {
        double bytes = elements * format.bytesPerElement();
        return new Kernel(
                family, format, flopsPerElement * elements, inputs * bytes, bytes, new Shape.Elements(elements));
    }

    private static void notNegative(String name, double value) {
        if (!(value >= 0) || value == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(name + " (" + value + ") must be a finite number, zero or more");
        }
    }
}
