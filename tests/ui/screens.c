/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "screens.h"

static const Screen *(*const parts[]) (guint *out_n) = {
    screens_pages_get,
    screens_form_get,
    screens_windows_get,
};

FakePractice *
screens_practise (UiBench *bench)
{
    static FakePractice *practice;

    if (practice == NULL)
        practice = fake_practice_new ();
    tou_window_set_practice (bench->window, TOU_PRACTICE_CONTROL (practice));
    return practice;
}

/* What is under review is asked for so often in the other tests that a window which takes its time to be laid
 * out would never come to rest. */
static void
ask_seldom (UiBench *bench)
{
    g_autoptr (TouReviewFlow) review = tou_review_flow_new (bench->fakes->session,
                                                            TOU_RECORD_STORE (bench->fakes->store),
                                                            G_TIME_SPAN_HOUR / G_TIME_SPAN_MILLISECOND);

    g_set_object (&bench->flows->review, review);
}

UiBench *
screens_bench_new (void)
{
    UiBench *bench = ui_bench_new ();

    ask_seldom (bench);
    return bench;
}

static void
check_one (const Screen *screen, ScreenCheck check, gpointer data)
{
    const char *only = g_getenv ("TOUROKU_TEST_ONLY");
    g_autoptr (UiBench) bench = NULL;

    if (only != NULL && !g_str_equal (only, screen->name))
        return;
    bench = screens_bench_new ();
    screens_practise (bench);
    screen->show (bench);
    fake_turn_main_loop ();
    check (bench, screen, data);
}

void
screens_for_each (ScreenCheck check, gpointer data)
{
    for (guint part = 0; part < G_N_ELEMENTS (parts); part++) {
        guint n;
        const Screen *screens = parts[part](&n);

        for (guint i = 0; i < n; i++)
            check_one (&screens[i], check, data);
    }
}

const Screen *
screens_find (const char *name)
{
    for (guint part = 0; part < G_N_ELEMENTS (parts); part++) {
        guint n;
        const Screen *screens = parts[part](&n);

        for (guint i = 0; i < n; i++)
            if (g_str_equal (screens[i].name, name))
                return &screens[i];
    }
    return NULL;
}

void
screens_for_each_window (GFunc check, gpointer data)
{
    GList *toplevels = gtk_window_list_toplevels ();

    /* One may go while another is being looked at. */
    g_list_foreach (toplevels, (GFunc) (GCallback) g_object_ref, NULL);
    for (GList *one = toplevels; one != NULL; one = one->next)
        if (gtk_widget_get_mapped (one->data)
            && gtk_window_get_window_type (one->data) == GTK_WINDOW_TOPLEVEL)
            check (one->data, data);
    g_list_free_full (toplevels, g_object_unref);
}
