package org.motleysim.hardware.device;

import java.util.Locale;

/** The class a device belongs to. It decides which class values stand in where a device has never been measured. */
public enum DeviceKind {
    /** Graphics processors and their compute-only relatives. */
    GPU,
    /** Server and desktop processors. */
    CPU,
    /** Matrix processors built for neural networks, tensor processing units among them. */
    NPU,
    /** Reconfigurable logic; peaks are those of a named overlay. */
    FPGA,
    /** Processing in or beside memory. */
    PIM,
    /** Single-board computers and embedded modules. */
    EDGE,
    /** Systems on chip of mobile phones. */
    PHONE,
    /** Microcontrollers. */
    MCU;

    /** Returns the name used in files, such as {@code "gpu"}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
