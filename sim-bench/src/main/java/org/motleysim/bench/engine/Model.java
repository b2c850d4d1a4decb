package org.motleysim.bench.engine;

import java.util.function.IntConsumer;

/** A running model: an engine, the shape it runs, and a hash of the times at which events ran. */
final class Model {

    /** How many events {@link #checkedHash} covers. */
    static final int CHECKED = 30_000;

    /** Customers that arrive at the queue of {@link Shape#MM1} before it empties. */
    static final int CUSTOMERS = 1_000_000;

    private static final int PROCESSES = 1_024;
    private static final int CANCEL_MAIN = Shape.CANCEL_HALF.initial();
    private static final double LOAD = 0.8;

    private final Kernel kernel;
    private final long[] increments;
    private final long[] counts = new long[PROCESSES];
    private final int[] process;
    private int drawn;
    private int waiting;
    private int toCome = CUSTOMERS;
    private long hash;
    private long events;
    private long checkedHash;

    Model(Shape shape, Engine engine) {
        increments = shape.increments();
        process = new int[shape == Shape.PHOLD ? shape.tokens() : 0];
        IntConsumer action =
                switch (shape) {
                    case PHOLD -> this::phold;
                    case MM1 -> this::queue;
                    case CANCEL_HALF -> this::cancel;
                    default -> this::hold;
                };
        kernel = engine.kernel(action, shape.tokens());
        for (int token = 0; token < shape.initial(); token++) {
            kernel.schedule(token, draw());
            if (shape == Shape.CANCEL_HALF) {
                kernel.schedule(token + shape.initial(), Long.MAX_VALUE >> 12);
            }
        }
    }

    void run(int events) {
        kernel.run(events);
    }

    /** Runs a queue from its first arrival until its last customer has left; its first arrival is pending. */
    void runQueue() {
        kernel.run(2 * CUSTOMERS);
        toCome = CUSTOMERS;
        kernel.schedule(0, draw());
    }

    long hash() {
        return hash;
    }

    /** Returns the hash of the first events; some engines run past it, as they run all events of an instant at once. */
    long checkedHash() {
        return checkedHash;
    }

    private long draw() {
        return increments[drawn++ & Shape.DRAW_MASK];
    }

    private void note() {
        hash = 31 * hash + kernel.now();
        if (++events == CHECKED) {
            checkedHash = hash;
        }
    }

    private void hold(int token) {
        note();
        kernel.schedule(token, draw());
    }

    private void phold(int token) {
        note();
        counts[process[token]]++;
        long increment = draw();
        process[token] = (int) (increment & (PROCESSES - 1));
        kernel.schedule(token, increment);
    }

    private void queue(int token) {
        note();
        if (token == 0) {
            if (--toCome > 0) {
                kernel.schedule(0, draw());
            }
            if (waiting++ == 0) {
                kernel.schedule(1, (long) (LOAD * draw()));
            }
        } else if (--waiting > 0) {
            kernel.schedule(1, (long) (LOAD * draw()));
        }
    }

    /** A request ends before its timeout, and the next begins. */
    private void cancel(int token) {
        note();
        long increment = draw();
        int timeout = token + CANCEL_MAIN;
        kernel.cancel(timeout);
        kernel.schedule(token, increment);
        kernel.schedule(timeout, increment + draw());
    }
}
