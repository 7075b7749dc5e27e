package dev.pintle.convert.emit;

import java.util.Optional;

/** What a report can be written as. */
public enum ReportFormat {
    /** For a terminal. */
    TEXT("report.txt.ftl"),
    /** For a merge request. */
    MARKDOWN("report.md.ftl"),
    /** For a person: a page on its own, with nothing loaded from anywhere. */
    HTML("report.html.ftl"),
    /** For a program. */
    JSON("report.json.ftl");

    private final String template;

    ReportFormat(String template) {
        this.template = template;
    }

    String template() {
        return template;
    }

    /** The format that a file's name asks for by its ending. */
    public static Optional<ReportFormat> of(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return switch (dot < 0 ? "" : fileName.substring(dot)) {
            case ".txt" -> Optional.of(TEXT);
            case ".html", ".htm" -> Optional.of(HTML);
            case ".md" -> Optional.of(MARKDOWN);
            case ".json" -> Optional.of(JSON);
            default -> Optional.empty();
        };
    }
}
