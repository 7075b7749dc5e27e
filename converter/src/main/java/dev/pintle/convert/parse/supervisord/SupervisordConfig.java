package dev.pintle.convert.parse.supervisord;

import dev.pintle.convert.parse.supervisord.ini.IniDocument;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A whole configuration.
 *
 * @param document   the sections and options that it was made from
 * @param here       the directory of the main file, as the container sees it
 * @param settings   {@code [supervisord]}
 * @param groups     sorted as supervisord starts them
 * @param servers    HTTP servers
 * @param inclusions the files that were included, as messages name them
 * @param unmatched  patterns of {@code [include]} that match no file
 */
public record SupervisordConfig(
        IniDocument document,
        String here,
        Settings settings,
        List<GroupConfig> groups,
        List<Server> servers,
        List<String> inclusions,
        List<String> unmatched) {

    /**
     * {@code [supervisord]}. Sizes are bytes.
     *
     * @param logFile     its own log
     * @param logMaxBytes at which that is rotated
     * @param logBackups  rotated files that are kept
     * @param logLevel    Python's number of the level
     * @param pidFile     its own
     * @param umask       set when it daemonises
     * @param directory   changed to when it daemonises
     * @param user        to become
     * @param nodaemon    whether it stays in the foreground
     * @param silent      whether it does not echo its log
     * @param identifier  for AUTO logs and RPC
     * @param childLogDir of AUTO logs
     * @param noCleanup   whether AUTO logs are kept
     * @param stripAnsi   whether escape sequences are removed from logs
     * @param minFds      least number of descriptors
     * @param minProcs    least number of processes
     * @param environment of all processes
     */
    public record Settings(
            Text logFile,
            Value<Long> logMaxBytes,
            Value<Long> logBackups,
            Value<Integer> logLevel,
            Text pidFile,
            Value<Long> umask,
            Optional<Text> directory,
            Optional<Text> user,
            Value<Boolean> nodaemon,
            Value<Boolean> silent,
            Text identifier,
            Text childLogDir,
            Value<Boolean> noCleanup,
            Value<Boolean> stripAnsi,
            Value<Long> minFds,
            Value<Long> minProcs,
            Map<String, Text> environment) {}

    /**
     * {@code [inet_http_server]} or {@code [unix_http_server]}.
     *
     * @param section  its name
     * @param address  the file, or {@code host:port}
     * @param mode     of the file, octal 0700 where unset; empty for TCP
     * @param owner    of the file, where set
     * @param username where set
     * @param password where set
     */
    public record Server(
            String section,
            Text address,
            Optional<Value<Long>> mode,
            Optional<Text> owner,
            Optional<Text> username,
            Optional<Text> password) {}
}
