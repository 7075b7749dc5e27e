package dev.pintle.convert.parse.supervisord;

import java.util.Optional;

/** The releases of supervisord that read the same configuration differently. */
public enum Version {
    /** 3.x: {@code exitcodes} is {@code 0,2} where it is not set. */
    V3,
    /** 4.0 to 4.3. */
    V4,
    /**
     * 4.4 on: {@code environment=} is read with the quotes and escapes of a POSIX shell, and that of {@code [supervisord]}
     * is expanded once, not twice.
     */
    V4_4;

    /** That of a version number such as {@code 4.2.5}; absent where it is none. */
    public static Optional<Version> of(String number) {
        String[] parts = number.split("\\.", -1);
        try {
            int major = Integer.parseInt(parts[0]);
            int minor = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
            return Optional.of(major < 4 ? V3 : major > 4 || minor >= 4 ? V4_4 : V4);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** What {@code exitcodes} is where it is not set. */
    java.util.List<Integer> exitCodes() {
        return this == V3 ? java.util.List.of(0, 2) : java.util.List.of(0);
    }
}
