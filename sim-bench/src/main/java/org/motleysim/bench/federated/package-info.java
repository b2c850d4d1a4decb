/**
 * How fast federated runs are: {@link org.motleysim.bench.federated.FederatedSpeed} runs populations of ten thousand to a hundred million clients.
 */
@NullMarked
package org.motleysim.bench.federated;

import org.jspecify.annotations.NullMarked;
