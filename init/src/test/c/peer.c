/*
 * Whoever else is at the end of a local socket.
 *
 *   peer ask PLACE TEXT    connects, sends TEXT and a newline, prints what comes until the other end closes or for 2 s
 *   peer play PLACE TEXT   listens, open to everybody, and answers each connection's first line with TEXT and a newline
 *   peer hold PLACE        listens, accepts nobody, and leaves no room in the queue
 *   peer tell PLACE TEXT   sends TEXT as a datagram
 *   peer speak PLACE TEXT  likewise, and stays
 *
 * A PLACE is a path or @name. In a TEXT \xHH is a byte.
 */
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static struct sockaddr_un address;
static socklen_t length;

static void name(const char *place) {
    address.sun_family = AF_UNIX;
    strncpy(address.sun_path, place, sizeof address.sun_path - 1);
    length = offsetof(struct sockaddr_un, sun_path) + strlen(place) + (place[0] != '@');
    if (place[0] == '@') address.sun_path[0] = 0;
}

static int fail(const char *what) {
    perror(what);
    return 1;
}

static size_t decode(char *text) {
    char *to = text;
    for (char *at = text; *at; to++) {
        if (at[0] == '\\' && at[1] == 'x') {
            char digits[3] = {at[2], at[3], 0};
            *to = (char) strtol(digits, 0, 16);
            at += 4;
        } else {
            *to = *at++;
        }
    }
    return to - text;
}

static int ask(char *text) {
    int s = socket(AF_UNIX, SOCK_STREAM, 0);
    if (connect(s, (struct sockaddr *) &address, length) < 0) return fail("connect");
    size_t size = decode(text);
    // Whoever turns us away may have hung up by now: why is there to read all the same.
    if (write(s, text, size) < 0 || write(s, "\n", 1) < 0) perror("write");
    char buffer[4096];
    struct pollfd set = {s, POLLIN, 0};
    while (poll(&set, 1, 2000) > 0) {
        ssize_t got = read(s, buffer, sizeof buffer);
        if (got <= 0) break;
        fwrite(buffer, 1, got, stdout);
    }
    return 0;
}

static int play(const char *place, char *text, int answers) {
    int s = socket(AF_UNIX, SOCK_STREAM, 0);
    if (bind(s, (struct sockaddr *) &address, length) < 0) return fail("bind");
    if (place[0] != '@') chmod(place, 0666);
    if (listen(s, answers ? 64 : 0) < 0) return fail("listen");
    if (!answers) {
        int first = socket(AF_UNIX, SOCK_STREAM, 0);
        if (connect(first, (struct sockaddr *) &address, length) < 0) return fail("connect");
        puts("up");
        fflush(stdout);
        for (;;) pause();
    }
    size_t size = decode(text);
    puts("up");
    fflush(stdout);
    for (;;) {
        int c = accept(s, 0, 0);
        char byte = 0;
        while (read(c, &byte, 1) == 1 && byte != '\n') continue;
        if (write(c, text, size) > 0 && write(c, "\n", 1) > 0) puts("asked");
        fflush(stdout);
        close(c);
    }
}

static int tell(char *text) {
    int s = socket(AF_UNIX, SOCK_DGRAM, 0);
    size_t size = decode(text);
    if (sendto(s, text, size, 0, (struct sockaddr *) &address, length) < 0) return fail("send");
    return 0;
}

int main(int argc, char **argv) {
    if (argc < 3) return 2;
    signal(SIGPIPE, SIG_IGN);
    name(argv[2]);
    char none[] = "";
    char *text = argc > 3 ? argv[3] : none;
    if (!strcmp(argv[1], "ask")) return ask(text);
    if (!strcmp(argv[1], "play")) return play(argv[2], text, 1);
    if (!strcmp(argv[1], "hold")) return play(argv[2], text, 0);
    int code = tell(text);
    while (!strcmp(argv[1], "speak")) pause();
    return code;
}
