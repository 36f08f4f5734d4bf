/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-core"

#include "tou-practice-control.h"

#include "tou-text-fields.h"

#include <stddef.h>

G_DEFINE_QUARK (TouPracticeError, tou_practice_error)

G_DEFINE_INTERFACE (TouPracticeControl, tou_practice_control, G_TYPE_OBJECT)

static void
tou_practice_control_default_init (TouPracticeControlInterface *iface)
{
    GType type = G_TYPE_FROM_INTERFACE (iface);

    g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
    g_signal_new ("reviews-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
    g_signal_new ("ended", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static const gsize card_offsets[] = {
    offsetof (TouPracticeCard, id),      offsetof (TouPracticeCard, title),
    offsetof (TouPracticeCard, reader),  offsetof (TouPracticeCard, holder),
    offsetof (TouPracticeCard, company),
};
static const TouTextFields card_texts = TOU_TEXT_FIELDS (card_offsets);

TouPracticeCard *
tou_practice_card_new (void)
{
    return g_new0 (TouPracticeCard, 1);
}

void
tou_practice_card_free (TouPracticeCard *self)
{
    if (self == NULL)
        return;
    tou_text_fields_clear (&card_texts, self);
    g_free (self);
}

static const gsize review_offsets[] = {
    offsetof (TouPracticeReview, submission_id),
    offsetof (TouPracticeReview, reception_number),
    offsetof (TouPracticeReview, company),
    offsetof (TouPracticeReview, reason),
};
static const TouTextFields review_texts = TOU_TEXT_FIELDS (review_offsets);

TouPracticeReview *
tou_practice_review_new (void)
{
    return g_new0 (TouPracticeReview, 1);
}

void
tou_practice_review_free (TouPracticeReview *self)
{
    if (self == NULL)
        return;
    tou_text_fields_clear (&review_texts, self);
    g_free (self);
}

static const char *const decision_ids[] = {
    [TOU_PRACTICE_DECISION_START_REVIEW] = "start-review",
    [TOU_PRACTICE_DECISION_APPROVE] = "approve",
    [TOU_PRACTICE_DECISION_DENY] = "deny",
};

const char *
tou_practice_decision_get_id (TouPracticeDecision decision)
{
    g_return_val_if_fail (decision < G_N_ELEMENTS (decision_ids), NULL);
    return decision_ids[decision];
}

gboolean
tou_practice_decision_from_id (const char *id, TouPracticeDecision *out_decision)
{
    for (guint i = 0; i < G_N_ELEMENTS (decision_ids); i++) {
        if (g_strcmp0 (id, decision_ids[i]) != 0)
            continue;
        *out_decision = (TouPracticeDecision) i;
        return TRUE;
    }
    return FALSE;
}

void
tou_practice_control_start_async (TouPracticeControl *self, gboolean make_anew, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data)
{
    TOU_PRACTICE_CONTROL_GET_IFACE (self)->start_async (self, make_anew, cancellable, callback, user_data);
}

char *
tou_practice_control_start_finish (TouPracticeControl *self, GAsyncResult *result, GError **error)
{
    return TOU_PRACTICE_CONTROL_GET_IFACE (self)->start_finish (self, result, error);
}

GStrv
tou_practice_control_dup_readers (TouPracticeControl *self)
{
    return TOU_PRACTICE_CONTROL_GET_IFACE (self)->dup_readers (self);
}

void
tou_practice_control_list_cards_async (TouPracticeControl *self, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer user_data)
{
    TOU_PRACTICE_CONTROL_GET_IFACE (self)->list_cards_async (self, cancellable, callback, user_data);
}

GPtrArray *
tou_practice_control_list_cards_finish (TouPracticeControl *self, GAsyncResult *result, GError **error)
{
    return TOU_PRACTICE_CONTROL_GET_IFACE (self)->list_cards_finish (self, result, error);
}

void
tou_practice_control_insert_async (TouPracticeControl *self, const char *card_id, const char *reader,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data)
{
    TOU_PRACTICE_CONTROL_GET_IFACE (self)->insert_async (self, card_id, reader, cancellable, callback,
                                                         user_data);
}

void
tou_practice_control_remove_async (TouPracticeControl *self, const char *reader, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data)
{
    TOU_PRACTICE_CONTROL_GET_IFACE (self)->remove_async (self, reader, cancellable, callback, user_data);
}

gboolean
tou_practice_control_change_finish (TouPracticeControl *self, GAsyncResult *result, GError **error)
{
    return TOU_PRACTICE_CONTROL_GET_IFACE (self)->change_finish (self, result, error);
}

void
tou_practice_control_list_reviews_async (TouPracticeControl *self, GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer user_data)
{
    TOU_PRACTICE_CONTROL_GET_IFACE (self)->list_reviews_async (self, cancellable, callback, user_data);
}

GPtrArray *
tou_practice_control_list_reviews_finish (TouPracticeControl *self, GAsyncResult *result, GError **error)
{
    return TOU_PRACTICE_CONTROL_GET_IFACE (self)->list_reviews_finish (self, result, error);
}

void
tou_practice_control_review_async (TouPracticeControl *self, const char *submission_id,
                                   TouPracticeDecision decision, const char *reason,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data)
{
    TOU_PRACTICE_CONTROL_GET_IFACE (self)->review_async (self, submission_id, decision, reason, cancellable,
                                                         callback, user_data);
}

void
tou_practice_control_set_review_after_async (TouPracticeControl *self, guint seconds, const char *denial,
                                             GCancellable *cancellable, GAsyncReadyCallback callback,
                                             gpointer user_data)
{
    TOU_PRACTICE_CONTROL_GET_IFACE (self)->set_review_after_async (self, seconds, denial, cancellable,
                                                                   callback, user_data);
}

void
tou_practice_control_renew_qualification_async (TouPracticeControl *self, GCancellable *cancellable,
                                                GAsyncReadyCallback callback, gpointer user_data)
{
    TOU_PRACTICE_CONTROL_GET_IFACE (self)->renew_qualification_async (self, cancellable, callback, user_data);
}
