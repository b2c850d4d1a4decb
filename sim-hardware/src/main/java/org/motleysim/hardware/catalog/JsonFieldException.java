package org.motleysim.hardware.catalog;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** An error that already names its file and path. */
final class JsonFieldException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1L;

    JsonFieldException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
