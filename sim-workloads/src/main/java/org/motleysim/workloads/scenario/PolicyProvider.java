package org.motleysim.workloads.scenario;

import java.util.Map;
import java.util.Optional;

/**
 * Gives a policy of your own a name that scenario files can use. Not implemented directly: choose {@link RoutingProvider} or
 * {@link BatchingProvider}, and list your class in {@code META-INF/services} as {@link java.util.ServiceLoader} asks.
 *
 * @param <T> the kind of policy
 */
public interface PolicyProvider<T> {

    /** The name in files: lower-case words joined by dots, at least one dot, such as {@code "acme.cheapest"}. */
    String name();

    /**
     * Makes the policy.
     *
     * @param options the other fields beside {@code "kind"}, as text, in the order of the file
     * @throws IllegalArgumentException if an option is unknown or wrong; told to the user as a problem of the file
     */
    T create(Map<String, String> options);

    /**
     * The options that make this policy, so that a scenario with it can be written to a file; empty when the policy is not of this
     * provider.
     */
    default Optional<Map<String, String>> describe(T policy) {
        return Optional.empty();
    }
}
