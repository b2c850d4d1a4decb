package org.motleysim.hardware.memory;

/** Objects that are needed one after the other, such as the layers of a model, step by step. Asked for often: no allocation. */
public interface ObjectSequence {
    /** What {@link #source} returns for an object that need not be moved. */
    int RESIDENT = -1;

    /** Returns how many there are. */
    long size();

    /** Returns the number of the tier that an object is in, or {@link #RESIDENT} when it stays where it is computed. */
    int source(long index);

    /** Returns the size of an object, 1 or more. */
    long bytes(long index);
}
