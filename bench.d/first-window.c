/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * first-window PROGRAM ARGUMENT...: how long until PROGRAM's first window shows its first frame, seen from
 * the X server's side, and how much memory the program has then. One JSON line on standard output:
 *
 *   paint_ms  from just before exec to the first moment at which at least half of the window was drawn
 *   pss_kib   proportional set size of the program and its children, 400 ms later, when they are idle
 *
 * PROGRAM is ended afterwards. Needs the X extensions DAMAGE and X-Resource (Xvfb has both).
 */
#include <X11/Xlib.h>
#include <X11/extensions/XRes.h>
#include <X11/extensions/Xdamage.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MAX_WINDOWS 256
#define MIN_SIDE 100 /* smaller windows are helpers of the toolkit */
#define TIME_OUT_S 20.0
#define SETTLE_S 0.4

typedef struct {
    Window id;
    long area;
    long drawn;
    int is_mapped;
} Candidate;

typedef struct {
    Display *display;
    int damage_event;
    Candidate windows[MAX_WINDOWS];
    int n_windows;
} Watch;

static double
now_s (void)
{
    struct timespec t;

    clock_gettime (CLOCK_MONOTONIC, &t);
    return (double) t.tv_sec + (double) t.tv_nsec / 1e9;
}

/* Windows may be gone before they are asked about. */
static int
ignore_x_error (Display *display, XErrorEvent *event)
{
    (void) display;
    (void) event;
    return 0;
}

static void
start_watch (Watch *watch)
{
    int error_base;

    watch->display = XOpenDisplay (NULL);
    if (watch->display == NULL
        || !XDamageQueryExtension (watch->display, &watch->damage_event, &error_base)) {
        fprintf (stderr, "first-window: no X server with DAMAGE\n");
        exit (2);
    }
    XSetErrorHandler (ignore_x_error);
    XSelectInput (watch->display, DefaultRootWindow (watch->display), SubstructureNotifyMask);
    XSync (watch->display, False);
}

static pid_t
start_program (char **argv, double *started)
{
    pid_t pid = fork ();

    if (pid != 0)
        return pid;
    setpgid (0, 0);
    dup2 (STDERR_FILENO, STDOUT_FILENO);
    *started = now_s ();
    execvp (argv[0], argv);
    _exit (127);
}

static Candidate *
find_window (Watch *watch, Window id)
{
    for (int i = 0; i < watch->n_windows; i++)
        if (watch->windows[i].id == id)
            return &watch->windows[i];
    return NULL;
}

/* Damage is asked for before the window is mapped, so that no drawing is missed. */
static void
add_window (Watch *watch, Window id)
{
    if (watch->n_windows == MAX_WINDOWS)
        return;
    memset (&watch->windows[watch->n_windows], 0, sizeof (Candidate));
    watch->windows[watch->n_windows++].id = id;
    /* A window manager puts it into a frame: from then on the root window does not hear of it. */
    XSelectInput (watch->display, id, StructureNotifyMask);
    XDamageCreate (watch->display, id, XDamageReportRawRectangles);
    XFlush (watch->display);
}

static void
take_event (Watch *watch, const XEvent *event)
{
    Candidate *window;

    if (event->type == CreateNotify && event->xcreatewindow.parent == DefaultRootWindow (watch->display)) {
        add_window (watch, event->xcreatewindow.window);
    } else if (event->type == MapNotify) {
        window = find_window (watch, event->xmap.window);
        if (window != NULL)
            window->is_mapped = 1;
    } else if (event->type == watch->damage_event + XDamageNotify) {
        const XDamageNotifyEvent *damage = (const XDamageNotifyEvent *) event;
        window = find_window (watch, damage->drawable);
        if (window == NULL || damage->geometry.width < MIN_SIDE || damage->geometry.height < MIN_SIDE)
            return;
        window->area = (long) damage->geometry.width * damage->geometry.height;
        window->drawn += (long) damage->area.width * damage->area.height;
    }
}

static pid_t
get_owner (Watch *watch, Window id)
{
    XResClientIdSpec spec = { id, XRES_CLIENT_ID_PID_MASK };
    XResClientIdValue *values = NULL;
    long n = 0;
    pid_t pid = -1;

    if (XResQueryClientIds (watch->display, 1, &spec, &n, &values) != Success)
        return -1;
    for (long i = 0; i < n; i++)
        if (XResGetClientPid (&values[i]) > 0)
            pid = XResGetClientPid (&values[i]);
    XResClientIdsDestroy (n, values);
    return pid;
}

static int
is_painted (Watch *watch, pid_t group)
{
    for (int i = 0; i < watch->n_windows; i++) {
        const Candidate *window = &watch->windows[i];
        if (window->is_mapped && window->area > 0 && window->drawn * 2 >= window->area
            && getpgid (get_owner (watch, window->id)) == group)
            return 1;
    }
    return 0;
}

/* Returns the moment, or 0 when the program ended or took too long. */
static double
wait_for_paint (Watch *watch, pid_t group)
{
    double end = now_s () + TIME_OUT_S;

    while (now_s () < end) {
        struct pollfd fd = { ConnectionNumber (watch->display), POLLIN, 0 };
        if (!XPending (watch->display))
            poll (&fd, 1, 20);
        double t = now_s ();
        while (XPending (watch->display)) {
            XEvent event;
            XNextEvent (watch->display, &event);
            take_event (watch, &event);
        }
        if (is_painted (watch, group))
            return t;
        if (waitpid (group, NULL, WNOHANG) == group)
            return 0;
    }
    return 0;
}

static long
read_pss_kib (pid_t group)
{
    char command[160];
    long kib = 0;
    FILE *pipe;

    snprintf (command, sizeof command,
              "for p in $(pgrep -g %d); do grep ^Pss: /proc/$p/smaps_rollup; done 2>/dev/null | "
              "awk '{ s += $2 } END { print s + 0 }'",
              group);
    pipe = popen (command, "r");
    if (pipe == NULL || fscanf (pipe, "%ld", &kib) != 1)
        kib = 0;
    if (pipe != NULL)
        pclose (pipe);
    return kib;
}

static void
end_program (pid_t group)
{
    kill (-group, SIGTERM);
    for (int i = 0; i < 200 && waitpid (group, NULL, WNOHANG) == 0; i++)
        poll (NULL, 0, 10);
    kill (-group, SIGKILL);
}

int
main (int argc, char **argv)
{
    static Watch watch;
    double *started = mmap (NULL, sizeof *started, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    double painted;
    long pss_kib;
    pid_t pid;

    if (argc < 2 || started == MAP_FAILED)
        return 2;
    start_watch (&watch);
    pid = start_program (argv + 1, started);
    setpgid (pid, pid);
    painted = wait_for_paint (&watch, pid);
    if (painted > 0)
        poll (NULL, 0, (int) (SETTLE_S * 1000));
    pss_kib = painted > 0 ? read_pss_kib (pid) : 0;
    printf ("{\"paint_ms\": %.2f, \"pss_kib\": %ld}\n", painted > 0 ? (painted - *started) * 1000 : -1,
            pss_kib);
    end_program (pid);
    return painted > 0 ? 0 : 1;
}
