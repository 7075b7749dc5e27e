/*
 * Runs one supervisor as PID 1 of a pid namespace of its own, with a /proc of its own, and measures it. Prints one line,
 * tab separated. Needs root.
 *
 * usage: measure start N COMMAND…            N services started, left idle, stopped: start ms, stop ms, PSS kB, processes,
 *                                            services that were sent TERM, exit code
 *        measure idle N SECONDS COMMAND…     how often its processes were woken, and how many they are
 *        measure restarts N STARTS COMMAND…  N services that end at once, until so many starts: RSS and anonymous kB,
 *                                            after the first rounds and at the end
 *
 * Start is from just before the supervisor is executed to the last service's first instruction; stop is from SIGTERM
 * to the end of PID 1, which includes the kernel's ending of what it left behind. Its processes are those in the
 * namespace that are not services.
 */
#define _GNU_SOURCE
#include "harness.h"

/* By then all that is kept for a service has been made. */
enum { WARM_UP_ROUNDS = 8 };

static int is_service(pid_t pid) {
    for (int i = 0; i < starts && i < MOST_SERVICES; i++) {
        if (services[i] == pid) {
            return 1;
        }
    }
    return 0;
}

/* The sum over the supervisor's own processes, and in *count how many they are. */
static long sum_own(const char *file, const char *key, int *count) {
    long sum = 0;
    DIR *directory = opendir("/proc");
    struct dirent *entry;
    *count = 0;
    while (directory != NULL && (entry = readdir(directory)) != NULL) {
        char other[64];
        if (!isdigit((unsigned char)entry->d_name[0])) {
            continue;
        }
        name_namespace(entry->d_name, other, sizeof other);
        if (strcmp(other, namespace) == 0 && !is_service(atoi(entry->d_name))) {
            sum += proc_value(entry->d_name, file, key);
            ++*count;
        }
    }
    closedir(directory);
    return sum;
}

static void measure_start(int count, char **command) {
    int processes;
    int64_t took;
    launch(command);
    await_all_started(count);
    usleep(SETTLE_US);
    long pss = sum_own("smaps_rollup", "Pss:", &processes);
    int code = stop(&took);
    printf("%.3f\t%.3f\t%ld\t%d\t%d\t%d\n", (last_start - *began) / 1e6, took / 1e6, pss, processes, told, code);
}

static void measure_idle(int count, int seconds, char **command) {
    static const char switches[] = "voluntary_ctxt_switches:";
    int processes;
    int64_t took;
    launch(command);
    await_all_started(count);
    sleep(2);
    long before = sum_own("status", switches, &processes);
    sleep(seconds);
    long after = sum_own("status", switches, &processes);
    stop(&took);
    printf("%ld\t%d\n", after - before, processes);
}

static void measure_restarts(int count, int wanted, char **command) {
    char pid[16];
    int64_t took;
    launch(command);
    snprintf(pid, sizeof pid, "%d", supervisor);
    await_all_started(WARM_UP_ROUNDS * count);
    long resident = proc_value(pid, "status", "VmRSS:");
    long anonymous = proc_value(pid, "status", "RssAnon:");
    await_all_started(wanted);
    printf("%ld\t%ld\t%ld\t%ld\n", resident, anonymous, proc_value(pid, "status", "VmRSS:"),
           proc_value(pid, "status", "RssAnon:"));
    stop(&took);
}

int main(int argc, char **argv) {
    const char *what = argc > 3 ? argv[1] : "";
    int count = argc > 3 ? atoi(argv[2]) : 0;
    if (count <= 0 || count > MOST_SERVICES) {
        errx(2, "usage: measure start|idle|restarts N [SECONDS|STARTS] COMMAND…, N at most %d", MOST_SERVICES);
    }
    open_reports();
    if (strcmp(what, "start") == 0) {
        measure_start(count, argv + 3);
    } else if (strcmp(what, "idle") == 0) {
        measure_idle(count, atoi(argv[3]), argv + 4);
    } else if (strcmp(what, "restarts") == 0) {
        measure_restarts(count, atoi(argv[3]), argv + 4);
    } else {
        errx(2, "no such measurement: %s", what);
    }
    return 0;
}
