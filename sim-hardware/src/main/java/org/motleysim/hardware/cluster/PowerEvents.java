package org.motleysim.hardware.cluster;

import org.motleysim.core.engine.EventType;

/** The events of heat and charge; the argument is the number of the device. */
record PowerEvents(EventType thermal, EventType battery) {}
