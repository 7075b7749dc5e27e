package dev.pintle.convert.emit;

import dev.pintle.convert.lower.OutputFile;
import dev.pintle.convert.lower.Report;
import dev.pintle.convert.read.InputFile;
import dev.pintle.layout.Diagnostic;
import java.util.List;
import java.util.Map;

/**
 * All that a report tells.
 *
 * @param report   what became of every key
 * @param source   the main file of the input
 * @param target   where the layout goes
 * @param warnings what the input made the other supervisor, or us, warn of
 * @param inputs   the files of the input
 * @param outputs  the files of the layout, by their paths
 * @param patches  what is changed in the files of the build
 * @param written  whether these have been changed already
 * @param proof    the commands that prove the move, if a build is moved
 */
public record Account(
        Report report,
        String source,
        String target,
        List<Diagnostic> warnings,
        List<InputFile> inputs,
        Map<String, OutputFile> outputs,
        List<FilePatch> patches,
        boolean written,
        List<String> proof) {

    /**
     * What is changed in a file.
     *
     * @param name   as the user would name it
     * @param diff   unified
     * @param before its text
     * @param after  its text to be
     */
    public record FilePatch(String name, String diff, String before, String after) {}
}
