package org.motleysim.hardware.dispatch;

import java.util.Locale;

/** How a host launches a sequence of kernels. Fusion is no mode: a fused sequence is another, shorter one. */
public enum LaunchMode {
    /** One call a kernel. */
    EAGER,
    /** All kernels of a sequence captured in one graph: one call, after which the device goes on by itself. */
    GRAPH;

    /** Returns the name used in files, such as {@code "graph"}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
