package dev.pintle.web;

/**
 * Metrics as text, family by family: as OpenMetrics 1.0 has it, or as Prometheus 0.0.4, where a counter's family has the name of its
 * samples and there are no units. Neither may have empty lines.
 */
final class Exposition {
    /** The media type of OpenMetrics, by which a scraper asks for it. */
    static final String OPEN_METRICS = "application/openmetrics-text";

    /** What the values of a family are. */
    enum Type {
        /** They go up and down. */
        GAUGE("gauge", ""),
        /** They go up, or start at 0 again. */
        COUNTER("counter", "_total"),
        /** They are 1, and their labels say something. */
        INFO("info", "_info");

        private final String text;
        private final String suffix;

        Type(String text, String suffix) {
            this.text = text;
            this.suffix = suffix;
        }
    }

    private final boolean openMetrics;
    private final Pieces text = new Pieces();
    /** The lines that come before the first sample of a family; empty once they are written. */
    private String heading = "";
    /** The name of the family's samples. */
    private String sample = "";

    /** Text of either kind. */
    Exposition(boolean openMetrics) {
        this.openMetrics = openMetrics;
    }

    /**
     * Begins a family. It is left out where no sample follows.
     *
     * @param name without what the type adds to it
     * @param unit such as {@code seconds}, which is the end of the name; empty for none
     */
    void family(String name, Type type, String unit, String help) {
        sample = name + type.suffix;
        String family = openMetrics ? name : sample;
        String kind = openMetrics || type != Type.INFO ? type.text : Type.GAUGE.text;
        heading = "# TYPE " + family + " " + kind + "\n"
                + (openMetrics && !unit.isEmpty() ? "# UNIT " + family + " " + unit + "\n" : "")
                + "# HELP " + family + " " + help + "\n";
    }

    /**
     * Adds a sample to the family.
     *
     * @param labels as {@link #label} makes them, a comma between two; empty for none
     * @param value  a number
     */
    void add(String labels, String value) {
        text.add(heading + sample + (labels.isEmpty() ? " " : "{" + labels + "} ") + value + "\n");
        heading = "";
    }

    /** The whole text; nothing is added to it any more. */
    Pieces text() {
        return openMetrics ? text.add("# EOF\n") : text;
    }

    /** The media type of the text. */
    String mediaType() {
        return openMetrics ? OPEN_METRICS + "; version=1.0.0" : "text/plain; version=0.0.4";
    }

    /** A label with any value. */
    static String label(String name, String value) {
        StringBuilder label = new StringBuilder(name).append("=\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> label.append("\\\\");
                case '"' -> label.append("\\\"");
                case '\n' -> label.append("\\n");
                default -> label.append(c);
            }
        }
        return label.append('"').toString();
    }

    /** A number of thousandths, such as milliseconds, as a number of ones. */
    static String thousandths(long value) {
        String digits = Long.toString(value % 1000 + 1000).substring(1);
        return value / 1000 + "." + digits;
    }
}
