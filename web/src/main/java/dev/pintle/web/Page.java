package dev.pintle.web;

import dev.pintle.init.control.Message;
import dev.pintle.init.sys.Printable;
import dev.pintle.init.tool.StatusTable;
import dev.pintle.layout.Layout;
import java.util.List;

/** The status of all services as a page: the rows of {@code pintle status}. */
final class Page {
    private static final int SECONDS_TO_REFRESH = 5;
    private static final String[] ACTIONS = {"start", "stop", "restart"};

    /** Of every page. */
    static final String STYLE =
            ":root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;"
                    + "max-width:60rem;padding:0 1rem}";

    private static final String HEAD = "<!doctype html><html lang=en><meta charset=utf-8><title>Pintle</title>"
            + "<meta name=viewport content='width=device-width'><noscript><meta http-equiv=refresh content="
            + SECONDS_TO_REFRESH + "></noscript><script src=/page.js defer></script><style>" + STYLE
            + "table{border-collapse:collapse;width:100%}th,td{text-align:left;"
            + "padding:.4rem .6rem;border-bottom:1px solid #8884}form{display:inline}"
            + ".ready{color:#2a2}.failed{color:#d33}.troubled{color:#b80}</style>"
            + "<h1>Services</h1><main>";

    /**
     * Has the page show what changes as it changes. What it shows comes from the same address, made by the same code as for a browser
     * without scripts; the focus stays where it was.
     */
    static final String SCRIPT = """
            "use strict";
            let busy = false;
            let again = false;
            const placeOf = (button) => button?.form && button.form.action + button.textContent;
            async function refresh() {
              if (busy) {
                again = true;
                return;
              }
              busy = true;
              try {
                const reply = await fetch("/", { headers: { Accept: "text/html" } });
                const page = new DOMParser().parseFromString(await reply.text(), "text/html");
                const next = page.querySelector("main");
                if (next) {
                  const focused = placeOf(document.activeElement);
                  document.querySelector("main").replaceWith(next);
                  [...next.querySelectorAll("button")].find((button) => focused && placeOf(button) === focused)?.focus();
                }
              } catch {
                // It is being restarted; the events come back with it.
              }
              busy = false;
              if (again) {
                again = false;
                setTimeout(refresh, 200);
              }
            }
            const events = new EventSource("/api/v1/events");
            events.onopen = refresh;
            for (const type of ["state", "health", "layout", "stopping", "missed"]) {
              events.addEventListener(type, refresh);
            }
            setInterval(() => document.hidden || refresh(), 10000);
            """;

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
        addVerdict(page, status.objects("services"));
        page.append("<table><tr><th>service<th>state<th>for<th>pid<th>detail<th>");
        for (Message service : status.objects("services")) {
            if (!StatusTable.isHidden(service)) {
                addRow(page, service, token);
            }
        }
        return page.append("</table>").toString();
    }

    /** What somebody who looks wants to know first. */
    private static void addVerdict(StringBuilder page, List<Message> services) {
        int shown = 0;
        int troubled = 0;
        for (Message service : services) {
            shown += StatusTable.isHidden(service) ? 0 : 1;
            String colour = colour(service);
            troubled += StatusTable.isHidden(service) || colour.equals("ready") || colour.equals("down") ? 0 : 1;
        }
        page.append("<p role=status class=")
                .append(troubled == 0 ? "ready" : "failed")
                .append('>');
        if (troubled == 0) {
            page.append("All is well with ").append(shown).append(shown == 1 ? " service." : " services.");
        } else {
            page.append(troubled).append(" of ").append(shown).append(shown == 1 ? " service" : " services");
            page.append(troubled == 1 ? " needs a look." : " need a look.");
        }
        page.append("</p>");
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
