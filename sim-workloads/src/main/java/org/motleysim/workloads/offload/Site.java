package org.motleysim.workloads.offload;

import java.util.Optional;
import org.motleysim.hardware.radio.Contention;
import org.motleysim.hardware.radio.RadioTechnology;
import org.motleysim.hardware.radio.RayleighFading;

/**
 * An edge site: an access point with a medium of its own, and a server beside it.
 *
 * @param name for reports, one of a kind
 * @param radio of the medium
 * @param contention what active stations get together, by their number, relative to one station; absent when the medium keeps its
 *     bandwidth
 * @param fading caps the rate of each transfer; absent for none
 * @param server that computes
 * @param queueing of the server
 * @param position where it stands; absent where nobody moves along a path
 */
public record Site(
        String name,
        RadioTechnology radio,
        Optional<Contention> contention,
        Optional<RayleighFading> fading,
        Processor server,
        Queueing queueing,
        Optional<Coordinates> position) {
    /** Returns a site whose medium keeps its bandwidth, with processor sharing, at no place. */
    public static Site of(String name, RadioTechnology radio, Processor server) {
        return new Site(
                name, radio, Optional.empty(), Optional.empty(), server, Queueing.PROCESSOR_SHARING, Optional.empty());
    }

    /** Returns the same site under another name. */
    public Site named(String other) {
        return new Site(other, radio, contention, fading, server, queueing, position);
    }

    /** Returns the same site with contention on its medium. */
    public Site contended(Contention table) {
        return new Site(name, radio, Optional.of(table), fading, server, queueing, position);
    }

    /** Returns the same site with another order of service. */
    public Site queueing(Queueing other) {
        return new Site(name, radio, contention, fading, server, other, position);
    }

    /** Returns the same site at a place. */
    public Site at(Coordinates place) {
        return new Site(name, radio, contention, fading, server, queueing, Optional.of(place));
    }
}
