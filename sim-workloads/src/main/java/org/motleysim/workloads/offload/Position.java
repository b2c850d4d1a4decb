package org.motleysim.workloads.offload;

/**
 * A place on the ground, in metres from some origin.
 *
 * @param east metres
 * @param north metres
 */
public record Position(double east, double north) {
    private static final double METRES_PER_DEGREE = 111_194.926_644_558_73; // of a sphere of 6,371 km

    /** @throws IllegalArgumentException if a number is not finite */
    public Position {
        if (!Double.isFinite(east) || !Double.isFinite(north)) {
            throw new IllegalArgumentException("position (" + east + ", " + north + ") must be finite");
        }
    }

    /**
     * Returns a place by its coordinates, on a plane that touches the sphere at a given latitude: good to 0.1% within 50 km of it.
     *
     * @param latitude degrees north
     * @param longitude degrees east
     * @param atLatitude the latitude where the plane touches
     */
    public static Position ofDegrees(double latitude, double longitude, double atLatitude) {
        double shrink = StrictMath.cos(StrictMath.toRadians(atLatitude));
        return new Position(longitude * METRES_PER_DEGREE * shrink, latitude * METRES_PER_DEGREE);
    }

    /** Returns the distance to another place in metres. */
    public double metresTo(Position other) {
        return StrictMath.hypot(east - other.east, north - other.north);
    }
}
