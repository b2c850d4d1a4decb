/**
 * Things that are scarce: servers, rates and capacities that several customers share in simulated time.
 *
 * <p>Start at {@link org.motleysim.core.resource.Slots} (k servers and a queue), {@link org.motleysim.core.resource.SharedRate} (one
 * rate divided among all who are present, exactly) or {@link org.motleysim.core.resource.Pool} (an amount that is taken and given
 * back). A customer is an {@link org.motleysim.core.engine.EventType} and a number: when its turn comes, that event is scheduled for the
 * same instant, never called from inside. Operations allocate nothing once the arrays have grown to the largest crowd. A resource
 * belongs to one simulation and its thread.
 *
 * <p>Not here: what the resource is in a computer; that is the hardware's business.
 */
@NullMarked
package org.motleysim.core.resource;

import org.jspecify.annotations.NullMarked;
