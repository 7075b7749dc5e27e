package dev.pintle.web;

/** The page where people say who they are: a cookie says so from then on. */
final class LogIn {
    private static final String PATH = "/login";
    private static final String FORM = "<!doctype html><html lang=en><meta charset=utf-8><title>Pintle</title>"
            + "<meta name=viewport content='width=device-width'><style>" + Page.STYLE
            + "label{display:block;margin:.5rem 0}</style><h1>Log in</h1>";
    private static final String FIELDS = "<form method=post action='/login'>"
            + "<label>Name <input name=name autocomplete=username required autofocus></label>"
            + "<label>Password <input name=password type=password autocomplete=current-password required></label>"
            + "<button>Log in</button></form>";

    private final Access access;

    LogIn(Access access) {
        this.access = access;
    }

    void addTo(Routes routes) {
        routes.add("GET", PATH, Level.NOBODY, "", call -> form(Status.OK, ""));
        routes.add("POST", PATH, Level.NOBODY, "", this::logIn);
        routes.add("POST", "/logout", Level.NOBODY, "", call -> Answer.seeOther(PATH, access.logOut(call.request())));
    }

    private static Answer form(Status status, String trouble) {
        return Answer.of(status, "text/html", Pieces.of(FORM + trouble + FIELDS), "");
    }

    private Outcome logIn(Routes.Call call) {
        String form = call.request().body();
        return access.logIn(
                Escapes.field(form, "name"),
                Escapes.field(form, "password"),
                cookie -> cookie == null
                        ? form(Status.UNAUTHORIZED, "<p role=alert>The name or the password is wrong.")
                        : Answer.seeOther("/", cookie));
    }
}
