package org.motleysim.core.trace;

/** Keeps nothing. */
enum NoTrace implements TraceSink {
    INSTANCE;

    @Override
    public boolean enabled() {
        return false;
    }

    @Override
    public int track(String process, String thread) {
        return 0;
    }

    @Override
    public void span(int track, String name, long startNanos, long durationNanos) {}

    @Override
    public void instant(int track, String name, long nanos) {}

    @Override
    public void counter(int track, String name, long nanos, double value) {}

    @Override
    public void close() {}
}
