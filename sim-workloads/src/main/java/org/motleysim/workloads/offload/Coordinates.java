package org.motleysim.workloads.offload;

/**
 * A place on the ground.
 *
 * @param latitude degrees north, -90 to 90
 * @param longitude degrees east, -180 to 180
 */
public record Coordinates(double latitude, double longitude) {
    private static final double EARTH_METRES = 6_371_000; // mean radius

    /** @throws IllegalArgumentException if a number is out of range */
    public Coordinates {
        if (!(latitude >= -90 && latitude <= 90 && longitude >= -180 && longitude <= 180)) {
            throw new IllegalArgumentException("position (" + latitude + ", " + longitude
                    + ") must be degrees north from -90 to 90 and east from -180 to 180");
        }
    }

    /** Returns a place so many metres from where the equator meets the zero meridian: a plane, for whom coordinates do not matter. */
    public static Coordinates ofMetres(double east, double north) {
        return new Coordinates(StrictMath.toDegrees(north / EARTH_METRES), StrictMath.toDegrees(east / EARTH_METRES));
    }

    /** Returns the distance to another place in metres, on a sphere (haversine). */
    public double metresTo(Coordinates other) {
        double north = StrictMath.sin(StrictMath.toRadians(other.latitude - latitude) / 2);
        double east = StrictMath.sin(StrictMath.toRadians(other.longitude - longitude) / 2);
        double square = north * north
                + StrictMath.cos(StrictMath.toRadians(latitude))
                        * StrictMath.cos(StrictMath.toRadians(other.latitude))
                        * east
                        * east;
        return 2 * EARTH_METRES * StrictMath.asin(Math.min(1, Math.sqrt(square)));
    }
}
