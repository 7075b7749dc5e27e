package dev.pintle.convert.command;

import dev.pintle.layout.PintleVersion;
import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The program {@code pintle-convert}. */
@Command(
        name = "pintle-convert",
        mixinStandardHelpOptions = true,
        versionProvider = PintleConvert.Version.class,
        header = "Moves an image from another process supervisor to Pintle.",
        description = {
            "",
            "Reads the other one's configuration and writes the same as service directories for /init, with an account of"
                    + " every key on the way: kept, changed, approximated or not carried.",
            ""
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            SupervisordCommand.class,
            RunitCommand.class,
            S6Command.class,
            AutoComplete.GenerateCompletion.class,
            ArchiveCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 converted, 1 something differs and --strict was given, 2 wrong usage or the output exists,"
                    + " 3 the input cannot be read.",
            "",
            "Examples:",
            "  What would become of a configuration, without writing anything:",
            "    pintle-convert supervisord supervisord.conf --dry-run",
            "    pintle-convert runit /etc/service --dry-run",
            "    pintle-convert s6 rootfs --dry-run",
            "",
            "  Move an image by its Dockerfile, and see the patch:",
            "    pintle-convert supervisord --dockerfile Dockerfile -o out",
            "",
            "  Completion in this shell:",
            "    source <(pintle-convert generate-completion)",
            "",
            "All options, with examples:  pintle-convert supervisord --help, pintle-convert runit --help,",
            "                             pintle-convert s6 --help"
        })
public final class PintleConvert implements Runnable {

    /** Everything was converted. */
    static final int OK = 0;

    /** Under {@code --strict}: something differs. */
    static final int DIFFERS = 1;

    /** The command line is wrong, or the output is in the way. */
    static final int USAGE = 2;

    /** The input cannot be read. */
    static final int BAD_INPUT = 3;

    @Spec
    private @Nullable CommandSpec spec;

    /** Runs the program. The launcher, which can tell, says by properties whether it writes to a terminal. */
    public static void main(String[] args) {
        boolean colour = Boolean.getBoolean("pintle.colour");
        Progress progress = new Progress(Boolean.getBoolean("pintle.progress") ? System.err : null);
        PrintWriter out = new PrintWriter(progress.before(System.out), true);
        PrintWriter err = new PrintWriter(progress.before(System.err), true);
        int code = run(out, err, colour, args);
        out.flush();
        err.flush();
        System.exit(code);
    }

    /**
     * Runs the program with other streams.
     *
     * @param colour whether the streams are a terminal's
     * @return the exit code
     */
    public static int run(PrintWriter out, PrintWriter err, boolean colour, String... args) {
        CommandLine commandLine = new CommandLine(new PintleConvert(), new Factory(colour));
        S6Command.adapt(
                Objects.requireNonNull(commandLine.getSubcommands().get("s6")).getCommandSpec());
        return commandLine
                .setOut(out)
                .setErr(err)
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        colour ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setExecutionExceptionHandler((e, command, result) -> {
                    err.println("pintle-convert: internal error: " + e);
                    err.println("    > please report it, with the input; nothing has been written");
                    return BAD_INPUT;
                })
                .setParameterExceptionHandler((e, arguments) -> {
                    err.println("pintle-convert: " + e.getMessage());
                    err.println(
                            "    > see " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
                    return USAGE;
                })
                .setUsageHelpWidth(100)
                .setUsageHelpLongOptionsMaxWidth(28)
                .execute(args);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                Objects.requireNonNull(spec).commandLine(), "cannot convert: name what to convert from");
    }

    /** Tells commands whether they write to a terminal. */
    private record Factory(boolean colour) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            if (type == SupervisordCommand.class) {
                return type.cast(new SupervisordCommand(colour));
            }
            if (type == S6Command.class) {
                return type.cast(new S6Command(colour));
            }
            return type == RunitCommand.class
                    ? type.cast(new RunitCommand(colour))
                    : CommandLine.defaultFactory().create(type);
        }
    }

    /** Says the version. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"pintle-convert " + PintleVersion.text()};
        }
    }
}
