package org.motleysim.workloads.llm;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.motleysim.workloads.arrival.Arrivals;
import org.motleysim.workloads.llm.request.RequestLengths;
import org.motleysim.workloads.llm.session.Sessions;

/**
 * Another user of a service, or another kind of use: a second customer, or batch jobs beside the interactive requests. Its requests go the
 * same way through the same replicas; its latencies are counted apart.
 *
 * @param name within the service, in its metrics and of its random streams
 * @param arrivals when its requests arrive
 * @param lengths how long they are
 * @param requests after which no more arrive, if there is such a number
 * @param sessions what an arrival begins, when it is not a single request
 * @param slo what a request must meet to count as good, if anything
 * @param weight its share in a {@link Queueing#FAIR fair} queue, positive; the service itself has 1
 */
public record Tenant(
        String name,
        Arrivals arrivals,
        RequestLengths lengths,
        OptionalLong requests,
        Optional<Sessions> sessions,
        Optional<Slo> slo,
        double weight) {
    /** The name under which the requests of the service itself are counted beside those of tenants. */
    public static final String MAIN = "main";

    /** @throws IllegalArgumentException if a part is out of its range */
    public Tenant {
        Objects.requireNonNull(arrivals, "arrivals");
        Objects.requireNonNull(lengths, "lengths");
        if (name.isBlank() || name.equals(MAIN)) {
            throw new IllegalArgumentException(
                    "name of a tenant (\"" + name + "\") must not be blank or \"" + MAIN + "\"");
        }
        if (requests.isPresent() && requests.getAsLong() < 1) {
            throw new IllegalArgumentException("requests (" + requests.getAsLong() + ") must be at least 1");
        }
        if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("weight (" + weight + ") must be positive and finite");
        }
    }

    /** A tenant with weight 1 and no objective. */
    public static Tenant of(String name, Arrivals arrivals, RequestLengths lengths) {
        return new Tenant(name, arrivals, lengths, OptionalLong.empty(), Optional.empty(), Optional.empty(), 1);
    }

    /** The same with so many requests at most. */
    public Tenant withRequests(long count) {
        return new Tenant(name, arrivals, lengths, OptionalLong.of(count), sessions, slo, weight);
    }

    /** The same with sessions. */
    public Tenant withSessions(Sessions law) {
        return new Tenant(name, arrivals, lengths, requests, Optional.of(law), slo, weight);
    }

    /** The same with an objective. */
    public Tenant withSlo(Slo objective) {
        return new Tenant(name, arrivals, lengths, requests, sessions, Optional.of(objective), weight);
    }

    /** The same with another share. */
    public Tenant withWeight(double share) {
        return new Tenant(name, arrivals, lengths, requests, sessions, slo, share);
    }
}
