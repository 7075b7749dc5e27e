package dev.pintle.convert.parse.supervisord;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One process as supervisord manages it: one of a section's {@code numprocs}.
 *
 * @param section     the section that it comes from, such as {@code program:web}
 * @param program     the part of that after the colon
 * @param number      its {@code process_num}
 * @param name        its own name, without the group's
 * @param command     as expanded
 * @param argv        the words of the command; empty where supervisord could not split it and so never start it
 * @param directory   to change to, if any
 * @param environment that of {@code [supervisord]} and its own
 * @param user        to become, if any
 * @param umask       to set, if any
 * @param serverUrl   for its {@code SUPERVISOR_SERVER_URL}, where it is not the default
 * @param start       when it starts
 * @param stop        how it stops
 * @param redirectStderr whether standard error follows standard output
 * @param stdout      its standard output
 * @param stderr      its standard error
 */
public record ProcessConfig(
        String section,
        String program,
        long number,
        Text name,
        Text command,
        Optional<List<Text>> argv,
        Optional<Text> directory,
        Map<String, Text> environment,
        Optional<Text> user,
        Optional<Value<Long>> umask,
        Optional<Text> serverUrl,
        Start start,
        Stop stop,
        Value<Boolean> redirectStderr,
        Stream stdout,
        Stream stderr) {

    /**
     * When a process starts, and starts again.
     *
     * @param priority     that of its program
     * @param autostart    whether with supervisord
     * @param seconds      {@code startsecs}: that it must live for to count as started
     * @param retries      {@code startretries}
     * @param autoRestart  after it had started
     * @param exitCodes    that are expected
     * @param processes    {@code numprocs} of its program
     */
    public record Start(
            Value<Long> priority,
            Value<Boolean> autostart,
            Value<Long> seconds,
            Value<Long> retries,
            Value<AutoRestart> autoRestart,
            Value<List<Integer>> exitCodes,
            Value<Long> processes) {}

    /**
     * How a process is stopped.
     *
     * @param signals     the numbers of the stop signals; more than one only for the supervisord written in Go
     * @param waitSeconds until it is killed
     * @param asGroup     whether the stop signal goes to its process group
     * @param killAsGroup whether KILL does
     */
    public record Stop(
            Value<List<Integer>> signals,
            Value<Long> waitSeconds,
            Value<Boolean> asGroup,
            Value<Boolean> killAsGroup) {}

    /**
     * An output stream. Sizes are bytes.
     *
     * @param logFile         where it goes
     * @param maxBytes        at which the file is rotated; 0: never
     * @param backups         rotated files that are kept
     * @param captureMaxBytes the buffer of capture mode; 0: off
     * @param events          whether it is sent to event listeners
     * @param syslog          whether it goes to syslog too
     */
    public record Stream(
            LogFile logFile,
            Value<Long> maxBytes,
            Value<Long> backups,
            Value<Long> captureMaxBytes,
            Value<Boolean> events,
            Value<Boolean> syslog) {}

    /** What {@code supervisorctl} calls it within a group of this name. */
    public String fullName(String group) {
        String own = name.toString();
        return group.equals(own) ? own : group + ":" + own;
    }
}
