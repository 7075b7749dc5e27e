package dev.pintle.convert.parse.supervisord;

import dev.pintle.convert.parse.supervisord.SupervisordConfig.Server;
import dev.pintle.convert.parse.supervisord.SupervisordConfig.Settings;
import dev.pintle.convert.read.FileTree;
import dev.pintle.convert.read.Position;
import dev.pintle.convert.read.ReadException;
import dev.pintle.layout.Diagnostic;
import java.util.List;
import java.util.Optional;

/** Reads a configuration as supervisord does: 4.3.0, unless another version is named. */
public final class Parser {

    private Parser() {}

    /**
     * What became of a configuration's text.
     *
     * @param config      absent where any diagnostic is an error: supervisord would not start
     * @param diagnostics sorted by file, line and column
     */
    public record Result(Optional<SupervisordConfig> config, List<Diagnostic> diagnostics) {}

    /** Reads the main file of {@code tree} and what it includes; supervisord has no arguments. */
    public static Result parse(FileTree tree, Environment environment) {
        return parse(tree, environment, Origin.UNKNOWN);
    }

    /**
     * What is known of the supervisord that a configuration is for.
     *
     * @param arguments that it is started with; they go before what the files say
     * @param version   its own
     */
    public record Origin(Optional<Arguments> arguments, Version version) {

        /** What is taken where nothing is known. */
        public static final Origin UNKNOWN = new Origin(Optional.empty(), Version.V4);
    }

    /** Reads the main file of {@code tree} and what it includes. */
    public static Result parse(FileTree tree, Environment environment, Origin origin) {
        Context context = new Context(environment, tree.mainDirectory(), origin.version());
        Inclusion inclusion = new Inclusion(context, tree);
        try {
            inclusion.read();
            if (context.document().has("supervisord")) {
                origin.arguments().ifPresent(given -> context.document().add(given.file()));
            }
        } catch (ReadException e) {
            return new Result(Optional.empty(), List.of(e.diagnostic()));
        }
        if (context.problems().hasErrors()) {
            // What cannot be split into options yields only errors that are not there.
            return new Result(Optional.empty(), context.problems().sorted());
        }
        SupervisordConfig config = sections(context, tree, inclusion);
        return new Result(
                context.problems().hasErrors() ? Optional.empty() : Optional.of(config),
                context.problems().sorted());
    }

    private static SupervisordConfig sections(Context context, FileTree tree, Inclusion inclusion) {
        if (!context.document().has("supervisord")) {
            context.problems()
                    .error(
                            new Position(tree.mainName(), 1, 1),
                            "no-supervisord-section",
                            "cannot find a [supervisord] section",
                            "convert the file that includes this one, or add the section, which may be empty");
        }
        Settings settings = new SettingsParser(context).parse();
        new Suspicions(context).report();
        ServerParser servers = new ServerParser(context);
        servers.checkPlugins();
        List<GroupConfig> groups = new GroupParser(context).parse();
        List<Server> httpServers = servers.parse();
        return new SupervisordConfig(
                context.document(),
                context.here(),
                settings,
                groups,
                httpServers,
                inclusion.included(),
                inclusion.unmatched());
    }
}
