package dev.pintle.convert.move;

import java.util.HashSet;
import java.util.Set;

/** The directories that an image is known to have: a file that is copied to one lands in it. */
final class Directories {

    /** Those of every distribution, and those that packages of the old supervisors bring. */
    private static final Set<String> USUAL = Set.of(
            "/",
            "/bin",
            "/boot",
            "/dev",
            "/etc",
            "/etc/cron.d",
            "/etc/cron.daily",
            "/etc/cron.hourly",
            "/etc/default",
            "/etc/init.d",
            "/etc/logrotate.d",
            "/etc/nginx",
            "/etc/nginx/conf.d",
            "/etc/profile.d",
            "/etc/service",
            "/etc/supervisor",
            "/etc/supervisor.d",
            "/etc/supervisor/conf.d",
            "/etc/supervisord.d",
            "/etc/sv",
            "/home",
            "/lib",
            "/media",
            "/mnt",
            "/opt",
            "/proc",
            "/root",
            "/run",
            "/sbin",
            "/srv",
            "/sys",
            "/tmp",
            "/usr",
            "/usr/bin",
            "/usr/lib",
            "/usr/local",
            "/usr/local/bin",
            "/usr/local/etc",
            "/usr/local/lib",
            "/usr/local/sbin",
            "/usr/sbin",
            "/usr/share",
            "/var",
            "/var/lib",
            "/var/log",
            "/var/run",
            "/var/www",
            "/var/www/html");

    /** Those that come with the old supervisor, and go with it. */
    private static final Set<String> OF_THE_SUPERVISOR = Set.of(
            "/etc/service",
            "/etc/sv",
            "/etc/supervisor",
            "/etc/supervisor.d",
            "/etc/supervisor/conf.d",
            "/etc/supervisord.d");

    private final Set<String> made = new HashSet<>();

    /** Takes note of a directory that the build makes, with those above it. */
    void add(String path) {
        for (String at = path; at.length() > 1; at = at.substring(0, Math.max(0, at.lastIndexOf('/')))) {
            made.add(at);
        }
    }

    /** Whether {@code path} is known to be a directory. */
    boolean has(String path) {
        return USUAL.contains(path) || made.contains(path);
    }

    /** Whether the build makes {@code path}. */
    boolean isMade(String path) {
        return made.contains(path);
    }

    /** Whether a directory is there without what was copied into it. */
    static boolean stays(String path) {
        return USUAL.contains(path) && !OF_THE_SUPERVISOR.contains(path);
    }

    /** Whether a directory is one that the old supervisor looked into, or is below one. */
    static boolean goes(String path) {
        return OF_THE_SUPERVISOR.stream()
                .anyMatch(directory -> path.equals(directory) || path.startsWith(directory + "/"));
    }
}
