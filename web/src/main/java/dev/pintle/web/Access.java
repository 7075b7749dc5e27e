package dev.pintle.web;

import dev.pintle.init.program.FailureException;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.ToolSys;
import dev.pintle.layout.text.Ascii;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds out who asks. */
final class Access {
    /** What follows once that is known. */
    interface Then {
        /** The outcome for somebody; null is who has said a wrong password. */
        Outcome of(@Nullable Caller caller);
    }

    private static final String BASIC = "basic ";
    private static final String BEARER = "bearer ";
    private static final String COOKIE = "pintle_session=";
    /** Passwords and sessions that are remembered; beyond it the oldest is forgotten. */
    private static final int MOST = 64;
    /** Milliseconds that a session lasts without a request. */
    private static final long LONGEST_SESSION = 12 * 3_600_000L;
    /** Milliseconds that may be spent on a password. */
    private static final long PATIENCE = 30_000;

    private final ToolSys sys;
    private final @Nullable Credentials credentials;
    private final Users users;
    /** What buttons send along where a browser sends the password by itself. */
    private final String token;
    /** The users whose password was right, by what was sent; as the program keeps no password, under a digest that only it can make. */
    private final Map<String, Users.User> known = new LinkedHashMap<>();

    private final Sha256.Hmac digest;
    private final Map<String, Session> sessions = new LinkedHashMap<>();

    /** Somebody who has logged in. */
    private static final class Session {
        final Caller caller;
        long used;

        Session(Caller caller) {
            this.caller = caller;
        }
    }

    Access(ToolSys sys, @Nullable Credentials credentials, Users users) throws FailureException {
        this.sys = sys;
        this.credentials = credentials;
        this.users = users;
        this.token = Web.secret(sys);
        this.digest = new Sha256.Hmac(RawText.encode(Web.secret(sys)));
    }

    /**
     * Somebody who has said no name, over TCP.
     *
     * @param loopback whether it is a socket that only this machine reaches: without any user, all may read there
     */
    Caller anybody(boolean loopback) {
        boolean open = loopback && !hasUsers() && users.anybody() == Level.NOBODY;
        return new Caller("", open ? Level.READ : users.anybody(), token);
    }

    /** Whether somebody can log in. */
    boolean hasUsers() {
        return credentials != null || !users.all().isEmpty();
    }

    /** Whether people log in on a page: who has a name and a password in pintle.conf says it as the browser asks for it. */
    boolean hasLogIn() {
        return !users.all().isEmpty();
    }

    /** Finds out who asks; that may take a while. */
    Outcome identify(HttpRequest request, Caller unasked, Then then) {
        String authorization = request.header("authorization");
        Session session = authorization.isEmpty() ? session(request) : null;
        if (session != null) {
            return then.of(session.caller);
        }
        if (authorization.isEmpty() || !hasUsers()) {
            return then.of(unasked);
        }
        if (credentials != null && credentials.match(authorization)) {
            return then.of(new Caller(credentials.username(), Level.OPERATE, token));
        }
        boolean basic = Ascii.lower(authorization).startsWith(BASIC);
        boolean bearer = Ascii.lower(authorization).startsWith(BEARER);
        String word = Ascii.trim(authorization.substring(authorization.indexOf(' ') + 1));
        String said = basic ? text(Base64.decode(word)) : bearer ? ":" + word : "";
        return check(said, user -> then.of(user == null ? null : caller(user, basic)));
    }

    private Caller caller(Users.User user, boolean browser) {
        return new Caller(user.name(), user.level(), browser ? token : "");
    }

    /**
     * Logs somebody in.
     *
     * @param then gets a cookie as a line of the head; null for a wrong password
     */
    Outcome logIn(String name, String password, LoggedIn then) {
        if (credentials != null && credentials.match(name, password)) {
            return then.of(begin(new Caller(name, Level.OPERATE, "")));
        }
        return check(name + ":" + password, user -> then.of(user == null ? null : begin(caller(user, false))));
    }

    /** What follows a login. */
    interface LoggedIn {
        /** The outcome. */
        Outcome of(@Nullable String header);
    }

    private @Nullable String begin(Caller caller) {
        String id;
        String own;
        try {
            id = Web.secret(sys);
            own = Web.secret(sys);
        } catch (FailureException e) {
            return null;
        }
        Session session = new Session(new Caller(caller.name(), caller.level(), own));
        session.used = sys.monotonicMillis();
        makeRoom(sessions);
        sessions.put(id, session);
        return cookie(id);
    }

    /** Logs somebody out; a line of the head. */
    String logOut(HttpRequest request) {
        sessions.remove(sessionId(request));
        return cookie("; Max-Age=0");
    }

    private static String cookie(String value) {
        return "Set-Cookie: " + COOKIE + value + "; Path=/; HttpOnly; SameSite=Strict\r\n";
    }

    private @Nullable Session session(HttpRequest request) {
        String id = sessionId(request);
        Session session = sessions.get(id);
        if (session == null) {
            return null;
        }
        long now = sys.monotonicMillis();
        if (now - session.used > LONGEST_SESSION) {
            sessions.remove(id);
            return null;
        }
        session.used = now;
        return session;
    }

    private static String sessionId(HttpRequest request) {
        String cookies = "; " + request.header("cookie");
        int at = cookies.indexOf("; " + COOKIE);
        int start = at + 2 + COOKIE.length();
        int end = at < 0 ? -1 : cookies.indexOf(';', start);
        return at < 0 ? "" : cookies.substring(start, end < 0 ? cookies.length() : end);
    }

    // Passwords

    /** What follows a check of a password. */
    private interface Checked {
        Outcome of(Users.@Nullable User user);
    }

    /** A check is slow, by design: it is a child's, and its result is remembered if it is good. */
    private Outcome check(String said, Checked then) {
        int colon = said.indexOf(':');
        if (colon < 0 || users.all().isEmpty()) {
            return then.of(null);
        }
        String key = Base64.encode(digest.of(RawText.encode(said)));
        Users.User user = known.get(key);
        if (user != null) {
            return then.of(user);
        }
        String name = said.substring(0, colon);
        String password = said.substring(colon + 1);
        return new Outcome.Work(pipe -> find(name, password, pipe), PATIENCE, output -> {
            Users.User found = output.length == 1 ? users.all().get(output[0]) : null;
            if (found != null) {
                makeRoom(known);
                known.put(key, found);
            }
            return then.of(found);
        });
    }

    /** Writes the number of the user whose password it is. A token is one without a name. To know no name takes as long as to know one. */
    private void find(String name, String password, PipeOutput pipe) {
        boolean compared = false;
        for (int i = 0; i < users.all().size(); i++) {
            Users.User user = users.all().get(i);
            boolean meant = name.isEmpty() || name.equals(user.name());
            compared |= meant;
            if (meant && user.password().fits(password)) {
                pipe.write(new byte[] {(byte) i});
                return;
            }
        }
        if (!compared) {
            users.all().get(0).password().fits(password);
        }
    }

    private static void makeRoom(Map<String, ?> map) {
        if (map.size() >= MOST) {
            map.remove(map.keySet().iterator().next());
        }
    }

    private static String text(byte[] bytes) {
        return RawText.decode(bytes, 0, bytes.length);
    }
}
