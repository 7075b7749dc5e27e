package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.lower.Report;
import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.shell.ShellWord;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Services of runit that Debian's packages bring, and switch on: where openssh-server and runit are installed, runsvdir starts
 * sshd. They are in no file of the build context.
 */
final class PackagedServices {

    /** By the package; those whose packages need {@code runit-helper}. What runit itself brings does nothing. */
    private static final Map<String, String> SERVICES = Map.ofEntries(
            Map.entry("openssh-server", "ssh"),
            Map.entry("ssh", "ssh"),
            Map.entry("acpid", "acpid"),
            Map.entry("bcron", "bcron"),
            Map.entry("dnsmasq", "dnsmasq"),
            Map.entry("irqbalance", "irqbalance"),
            Map.entry("tor", "tor"),
            Map.entry("mini-httpd-run", "mini-httpd"),
            Map.entry("socklog-run", "socklog-unix"),
            Map.entry("getty-run", "getty-tty1"),
            Map.entry("dnscache", "dnscache"),
            Map.entry("tinydns", "tinydns"));

    /** Where Debian switches services on. */
    private static final Set<String> DIRECTORIES =
            Set.of("/etc/service", "/etc/runit/runsvdir/default", "/etc/runit/runsvdir/current", "/var/service");

    private final Build build;
    private final Set<String> converted = new HashSet<>();

    PackagedServices(Build build, Report report) {
        this.build = build;
        report.sections().forEach(section -> converted.addAll(section.services()));
    }

    /** {@code arguments}: those that runsvdir is started with. */
    void apply(List<String> arguments) {
        boolean elsewhere = arguments.stream()
                .filter(argument -> argument.startsWith("/"))
                .map(argument -> argument.replaceFirst("(?<=.)/+$", ""))
                .findFirst()
                .filter(directory -> !DIRECTORIES.contains(directory))
                .isPresent();
        if (elsewhere) {
            return;
        }
        for (Instruction instruction : build.instructions()) {
            if (instruction.keyword().equals("RUN")) {
                RunText.of(instruction)
                        .forEach(text -> text.commands().forEach(command -> command(instruction, command)));
            }
        }
    }

    private void command(Instruction instruction, ShellCommand command) {
        Invocation invocation = Invocation.of(command.arguments());
        List<String> words =
                invocation.arguments().stream().map(ShellWord::value).toList();
        if (!PackageIndex.APT.contains(invocation.program()) || !words.contains("install")) {
            return;
        }
        for (String word : words) {
            String name = word.replaceFirst("[=:/].*", "");
            String service = SERVICES.get(name);
            if (service != null && converted.add(service)) {
                build.say(
                        instruction,
                        Fate.notCarried(
                                "Debian's " + name + " brings the service " + service
                                        + " (/etc/sv), which runsvdir started; it is not in the build context, and not started"
                                        + " any more",
                                "write /etc/pintle/services/" + service
                                        + "/service.conf if the image needs it; or export the"
                                        + " image ('docker create', 'docker export'), and convert that with --root"));
            }
        }
    }
}
