/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-card-chooser.h"

#include "tou-card-text.h"
#include "tou-choice-list.h"
#include "tou-dialog-body.h"
#include "tou-dialog-room.h"
#include "tou-fold.h"
#include "tou-practice-button.h"

#include <glib/gi18n-lib.h>

/* What the list takes of the dialog at most. */
#define MAX_LIST_HEIGHT 360

struct _TouCardChooser {
    GtkBox parent_instance;

    GPtrArray *candidates;           /* (element-type Candidate): those shown */
    TouCardToken *token;             /* (nullable): the one chosen */
    TouCardCertificate *certificate; /* (nullable): the one of it that is chosen, where it shows any */

    GtkLabel *card_title;
    GtkWidget *card_status_row;
    GtkSpinner *card_spinner;
    GtkLabel *card_status;
    GtkWidget *retry_button;
    GtkWidget *card_scroller;
    TouChoiceList *card_list;
    GtkWidget *practice_button;
};

enum { SIGNAL_CHANGED, SIGNAL_RETRY, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_TYPE (TouCardChooser, tou_card_chooser, GTK_TYPE_BOX)

/* The chosen token is the same one in a new inventory: by its certificates, which stay the same when the card
 * was out for a moment or its module was started again, or, where it shows none, by its id. */
static gboolean
is_same_card (const TouCardToken *a, const TouCardToken *b)
{
    if (!g_str_equal (a->reader, b->reader) || g_strcmp0 (a->label, b->label) != 0)
        return FALSE;
    if (a->certificates->len != b->certificates->len)
        return FALSE;
    if (a->certificates->len == 0)
        return g_str_equal (a->id, b->id);
    for (guint i = 0; i < a->certificates->len; i++) {
        const TouCardCertificate *one = g_ptr_array_index (a->certificates, i);
        const TouCardCertificate *other = g_ptr_array_index (b->certificates, i);

        if (g_strcmp0 (one->sha256, other->sha256) != 0)
            return FALSE;
    }
    return TRUE;
}

/* What can be chosen: a certificate that can be seen, or a token that shows none. */
typedef struct {
    TouCardToken *token;
    TouCardCertificate *certificate; /* (nullable) */
    char *detail;
    const char *problem; /* (nullable): why it cannot be used */
} Candidate;

static void
free_candidate (Candidate *candidate)
{
    tou_card_token_unref (candidate->token);
    g_clear_pointer (&candidate->certificate, tou_card_certificate_unref);
    g_free (candidate->detail);
    g_free (candidate);
}

static const char *
get_title (const Candidate *candidate)
{
    return tou_card_text_title (candidate->token, candidate->certificate);
}

static gboolean
has_sha256 (const TouCardCertificate *certificate, const char *sha256)
{
    return certificate != NULL && sha256 != NULL && g_strcmp0 (certificate->sha256, sha256) == 0;
}

/* Whether it is the one that is chosen. */
static gboolean
is_chosen (TouCardChooser *self, const Candidate *candidate)
{
    if (self->token == NULL || !is_same_card (self->token, candidate->token))
        return FALSE;
    return candidate->certificate == NULL || has_sha256 (self->certificate, candidate->certificate->sha256);
}

static gboolean
has_namesake (GPtrArray *candidates, guint index)
{
    const char *title = get_title (g_ptr_array_index (candidates, index));

    for (guint i = 0; i < candidates->len; i++)
        if (i != index && g_strcmp0 (title, get_title (g_ptr_array_index (candidates, i))) == 0)
            return TRUE;
    return FALSE;
}

/* @certificate: (nullable) */
static void
add_candidate (GPtrArray *candidates, TouUnlockStep *step, TouCardToken *token,
               TouCardCertificate *certificate)
{
    Candidate *candidate = g_new0 (Candidate, 1);

    candidate->token = tou_card_token_ref (token);
    candidate->certificate = certificate != NULL ? tou_card_certificate_ref (certificate) : NULL;
    candidate->problem = certificate != NULL ? tou_card_text_judge (step, certificate) : NULL;
    g_ptr_array_add (candidates, candidate);
}

static void
add_token (GPtrArray *candidates, TouUnlockStep *step, TouCardToken *token)
{
    for (guint i = 0; i < token->certificates->len; i++)
        add_candidate (candidates, step, token, g_ptr_array_index (token->certificates, i));
    if (token->hides_certificates || token->certificates->len == 0)
        add_candidate (candidates, step, token, NULL);
}

/* Returns: (transfer full) (element-type Candidate) */
static GPtrArray *
list_candidates (TouUnlockStep *step, const TouCardInventory *inventory)
{
    GPtrArray *candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) free_candidate);

    for (guint i = 0; i < inventory->tokens->len; i++)
        add_token (candidates, step, g_ptr_array_index (inventory->tokens, i));
    for (guint i = 0; i < candidates->len; i++) {
        Candidate *candidate = g_ptr_array_index (candidates, i);

        candidate->detail = tou_card_text_candidate (candidate->token, candidate->certificate,
                                                     tou_unlock_step_find_profile (step, candidate->token),
                                                     has_namesake (candidates, i));
    }
    return candidates;
}

static guint
count_usable (GPtrArray *candidates)
{
    guint n = 0;

    for (guint i = 0; i < candidates->len; i++)
        n += ((Candidate *) g_ptr_array_index (candidates, i))->problem == NULL;
    return n;
}

/* The one that is chosen, else the one used last, else the only one that can be. */
static int
find_first (TouCardChooser *self, const char *preferred)
{
    gboolean is_only = count_usable (self->candidates) == 1;
    int first = -1;

    for (guint i = 0; i < self->candidates->len; i++) {
        const Candidate *candidate = g_ptr_array_index (self->candidates, i);

        if (candidate->problem != NULL)
            continue;
        if (is_chosen (self, candidate))
            return (int) i;
        if (first < 0 && (is_only || has_sha256 (candidate->certificate, preferred)))
            first = (int) i;
    }
    return first;
}

/* The only one can be tried, whatever it is: the unlocking then explains what it says here. */
static TouChoice
make_choice (TouCardChooser *self, Candidate *candidate)
{
    gboolean is_alone = self->candidates->len == 1;

    if (is_alone && candidate->problem != NULL) {
        g_autofree char *detail = candidate->detail;

        candidate->detail = g_strconcat (detail, "\n", candidate->problem, NULL);
    }
    return (TouChoice){ .title = get_title (candidate),
                        .detail = candidate->detail,
                        .problem = is_alone ? NULL : candidate->problem };
}

static void
fill_cards (TouCardChooser *self, const char *preferred)
{
    g_autofree TouChoice *choices = g_new0 (TouChoice, self->candidates->len);

    for (guint i = 0; i < self->candidates->len; i++)
        choices[i] = make_choice (self, g_ptr_array_index (self->candidates, i));
    tou_choice_list_fill (self->card_list, choices, self->candidates->len, find_first (self, preferred));
}

/* @candidate: (nullable) */
static void
take_candidate (TouCardChooser *self, const Candidate *candidate)
{
    g_autoptr (TouCardToken) before = g_steal_pointer (&self->token);
    TouCardToken *token = candidate != NULL ? candidate->token : NULL;
    gboolean is_same = before == token || (before != NULL && token != NULL && is_same_card (before, token));

    self->token = token != NULL ? tou_card_token_ref (token) : NULL;
    g_clear_pointer (&self->certificate, tou_card_certificate_unref);
    if (candidate != NULL && candidate->certificate != NULL)
        self->certificate = tou_card_certificate_ref (candidate->certificate);
    if (!is_same)
        g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
take_selected (TouCardChooser *self)
{
    int selected = tou_choice_list_get_selected (self->card_list);

    take_candidate (self, selected >= 0 ? g_ptr_array_index (self->candidates, selected) : NULL);
}

static char *
describe_status (TouCardChooser *self, const TouCardInventory *inventory, const GError *error)
{
    if (error != NULL)
        return g_strdup (_ ("The card readers cannot be looked at."));
    if (inventory == NULL)
        return g_strdup (_ ("Looking for card readers and cards…"));
    if (self->candidates->len > 0)
        return g_strdup (_ ("None of these can be used. Please insert another IC card."));
    return tou_card_text_inventory (inventory);
}

static void
show_status (TouCardChooser *self, const TouCardInventory *inventory, const GError *error)
{
    g_autofree char *status = describe_status (self, inventory, error);
    gboolean is_looking = inventory == NULL && error == NULL;
    gboolean can_choose = self->candidates->len == 1 || count_usable (self->candidates) > 0;

    gtk_label_set_text (self->card_status, status);
    gtk_widget_set_visible (self->card_status_row, !can_choose);
    gtk_widget_set_visible (GTK_WIDGET (self->card_spinner), is_looking);
    g_object_set (self->card_spinner, "active", is_looking, NULL);
}

static void
on_retry_clicked (TouCardChooser *self)
{
    g_signal_emit (self, signals[SIGNAL_RETRY], 0);
}

static void
finalize (GObject *object)
{
    TouCardChooser *self = TOU_CARD_CHOOSER (object);

    g_ptr_array_unref (self->candidates);
    g_clear_pointer (&self->token, tou_card_token_unref);
    g_clear_pointer (&self->certificate, tou_card_certificate_unref);
    G_OBJECT_CLASS (tou_card_chooser_parent_class)->finalize (object);
}

static guint
make_signal (const char *name)
{
    return g_signal_new (name, TOU_TYPE_CARD_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tou_card_chooser_class_init (TouCardChooserClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    G_OBJECT_CLASS (klass)->finalize = finalize;
    g_type_ensure (TOU_TYPE_CHOICE_LIST);
    g_type_ensure (TOU_TYPE_PRACTICE_BUTTON);
    g_type_ensure (TOU_TYPE_DIALOG_BODY);
    g_type_ensure (TOU_TYPE_FOLD);
    gtk_widget_class_set_template_from_resource (widget_class,
                                                 "/io/github/touroku/Touroku/ui/tou-card-chooser.ui");
    gtk_widget_class_bind_template_child (widget_class, TouCardChooser, card_title);
    gtk_widget_class_bind_template_child (widget_class, TouCardChooser, card_status_row);
    gtk_widget_class_bind_template_child (widget_class, TouCardChooser, card_spinner);
    gtk_widget_class_bind_template_child (widget_class, TouCardChooser, card_status);
    gtk_widget_class_bind_template_child (widget_class, TouCardChooser, retry_button);
    gtk_widget_class_bind_template_child (widget_class, TouCardChooser, card_scroller);
    gtk_widget_class_bind_template_child (widget_class, TouCardChooser, card_list);
    gtk_widget_class_bind_template_child (widget_class, TouCardChooser, practice_button);
    gtk_widget_class_bind_template_callback (widget_class, take_selected);
    gtk_widget_class_bind_template_callback (widget_class, on_retry_clicked);
    signals[SIGNAL_CHANGED] = make_signal ("changed");
    signals[SIGNAL_RETRY] = make_signal ("retry");
}

static void
tou_card_chooser_init (TouCardChooser *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
    self->candidates = g_ptr_array_new ();
    tou_choice_list_set_scroller (self->card_list, GTK_SCROLLED_WINDOW (self->card_scroller));
}

void
tou_card_chooser_set_title (TouCardChooser *self, const char *title)
{
    gtk_label_set_text (self->card_title, title);
}

void
tou_card_chooser_fit_dialog (TouCardChooser *self, GtkWindow *dialog)
{
    GtkScrolledWindow *scroller = GTK_SCROLLED_WINDOW (self->card_scroller);
    int room;
    int height;

    if (!gtk_widget_get_visible (self->card_scroller))
        return;
    room = tou_dialog_room_get_height (dialog) - tou_dialog_room_measure_rest (dialog, self->card_scroller);
    height = tou_choice_list_measure_whole (self->card_list, MIN (room, MAX_LIST_HEIGHT));
    if (gtk_scrolled_window_get_max_content_height (scroller) == height)
        return;
    gtk_scrolled_window_set_max_content_height (scroller, height);
    tou_choice_list_show_selected (self->card_list);
}

void
tou_card_chooser_show_step (TouCardChooser *self, TouUnlockStep *step)
{
    TouCardInventory *inventory = tou_unlock_step_get_inventory (step);
    const GError *error = tou_unlock_step_get_inventory_error (step);
    g_autoptr (GPtrArray) before = g_steal_pointer (&self->candidates);

    self->candidates = error == NULL && inventory != NULL
                           ? list_candidates (step, inventory)
                           : g_ptr_array_new_with_free_func ((GDestroyNotify) free_candidate);
    gtk_widget_set_visible (self->card_scroller, self->candidates->len > 0);
    /* One is never scrolled; several of which none can be chosen may have to be. */
    gtk_widget_set_can_focus (self->card_scroller, self->candidates->len > 1);
    gtk_widget_set_visible (self->retry_button, error != NULL);
    show_status (self, inventory, error);
    fill_cards (self, tou_unlock_step_get_preferred (step));
    take_selected (self);
}

static const Candidate *
find_chosen (TouCardChooser *self)
{
    for (guint i = 0; i < self->candidates->len; i++)
        if (is_chosen (self, g_ptr_array_index (self->candidates, i)))
            return g_ptr_array_index (self->candidates, i);
    return NULL;
}

char *
tou_card_chooser_dup_spoken (TouCardChooser *self)
{
    const Candidate *chosen = find_chosen (self);

    if (chosen != NULL)
        return g_strdup_printf ("%s\n%s\n%s", gtk_label_get_text (self->card_title), get_title (chosen),
                                chosen->detail);
    return g_strdup (gtk_widget_get_visible (self->card_status_row) ? gtk_label_get_text (self->card_status)
                                                                    : "");
}

void
tou_card_chooser_set_description (TouCardChooser *self, const char *text)
{
    atk_object_set_description (gtk_widget_get_accessible (self->retry_button), text);
    atk_object_set_description (gtk_widget_get_accessible (self->practice_button), text);
}

TouCardToken *
tou_card_chooser_get_token (TouCardChooser *self)
{
    return self->token;
}

TouCardCertificate *
tou_card_chooser_get_certificate (TouCardChooser *self)
{
    return self->certificate;
}

gboolean
tou_card_chooser_waits_for_choice (TouCardChooser *self)
{
    return self->token == NULL && count_usable (self->candidates) > 1;
}

gboolean
tou_card_chooser_is_choosing (TouCardChooser *self)
{
    return tou_choice_list_has_focus (self->card_list);
}

gboolean
tou_card_chooser_focus (TouCardChooser *self)
{
    GtkWidget *button = gtk_widget_get_visible (self->retry_button) ? self->retry_button
                                                                    : self->practice_button;

    if (gtk_widget_get_visible (self->card_scroller) && tou_choice_list_focus (self->card_list))
        return TRUE;
    if (!gtk_widget_get_visible (button))
        return FALSE;
    gtk_widget_grab_focus (button);
    return TRUE;
}
