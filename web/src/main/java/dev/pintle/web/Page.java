package dev.pintle.web;

import dev.pintle.init.control.Message;
import dev.pintle.init.sys.Printable;
import dev.pintle.init.tool.StatusTable;
import dev.pintle.layout.Layout;

/** The status of all services as a page: the rows of {@code pintle status}. */
final class Page {
    private static final int SECONDS_TO_REFRESH = 5;
    private static final String[] ACTIONS = {"start", "stop", "restart"};

    /** Of every page. */
    static final String STYLE =
            ":root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;"
                    + "max-width:60rem;padding:0 1rem}";

    private static final String HEAD = "<!doctype html><html lang=en><meta charset=utf-8><title>Pintle</title>"
            + "<meta name=viewport content='width=device-width'><meta http-equiv=refresh content=" + SECONDS_TO_REFRESH
            + "><style>" + STYLE + "table{border-collapse:collapse;width:100%}th,td{text-align:left;"
            + "padding:.4rem .6rem;border-bottom:1px solid #8884}form{display:inline}"
            + ".ready{color:#2a2}.failed{color:#d33}.troubled{color:#b80}</style>"
            + "<h1>Services</h1>";

    private Page() {}

    /**
     * The page.
     *
     * @param status the init's answer to a status request
     * @param token  what a button must send along; empty for a page without buttons
     */
    static String of(Message status, String token) {
        StringBuilder page = new StringBuilder(HEAD);
        if (!status.ok()) {
            return page.append("<p>").append(escape(status.text("message"))).toString();
        }
        page.append("<table><tr><th>service<th>state<th>for<th>pid<th>detail<th>");
        for (Message service : status.objects("services")) {
            if (!StatusTable.isHidden(service)) {
                addRow(page, service, token);
            }
        }
        return page.append("</table>").toString();
    }

    private static void addRow(StringBuilder page, Message service, String token) {
        String name = escape(service.text("name"));
        long pid = service.number("pid", 0);
        page.append("<tr><td>").append(name);
        page.append("<td class=").append(colour(service)).append('>').append(escape(service.text("state")));
        page.append("<td>").append(StatusTable.age(service));
        page.append("<td>").append(pid == 0 ? "-" : Long.toString(pid));
        page.append("<td>").append(escape(StatusTable.detail(service)));
        page.append("<td>");
        for (int i = 0; i < ACTIONS.length && !token.isEmpty(); i++) {
            if (ACTIONS[i].equals("stop") && service.text("name").equals(Layout.WEB)) {
                continue;
            }
            page.append("<form method=post action='/services/")
                    .append(Escapes.encode(service.text("name")))
                    .append('/');
            page.append(ACTIONS[i])
                    .append("'><input type=hidden name=token value=")
                    .append(token);
            page.append("><button>").append(ACTIONS[i]).append("</button></form> ");
        }
    }

    /** The class of the style that has the colour which its state has at a terminal. */
    private static String colour(Message service) {
        return switch (StatusTable.colour(service)) {
            case StatusTable.GREEN -> "ready";
            case StatusTable.RED -> "failed";
            case StatusTable.GREY -> "down";
            default -> "troubled";
        };
    }

    private static String escape(String raw) {
        String text = Printable.line(raw);
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
