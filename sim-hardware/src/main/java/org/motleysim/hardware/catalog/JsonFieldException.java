package org.motleysim.hardware.catalog;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** An error that already names its file and path. */
final class JsonFieldException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient CatalogFault fault;

    JsonFieldException(String file, String path, String complaint, @Nullable Throwable cause) {
        super(file + " " + path + (complaint.startsWith(":") ? "" : " ") + complaint, cause);
        this.fault = CatalogFault.of(file, path, complaint);
    }

    CatalogFault fault() {
        return fault;
    }
}
