/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-flow"

#include "tou-contact-form.h"

#include "tou-draft-keeper.h"
#include "tou-flow-error.h"

struct _TouContactForm {
    GObject parent_instance;

    TouSessionFlow *session;
    TouDraftKeeper *keeper;
    TouOperation operation;
    char *user_id;        /* whose form it is */
    TouCategory category; /* of a contact change: what for */
    TouContact *contact;
    gboolean is_typed;     /* the contact holds more than a new form does */
    GCancellable *loading; /* of the draft */
};

enum {
    SIGNAL_LOADED,
    SIGNAL_DRAFT_WRITTEN,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TouContactForm, tou_contact_form, G_TYPE_OBJECT)

static void
replace_contact (TouContactForm *self, TouContact *contact, gboolean is_typed)
{
    tou_contact_free (self->contact);
    self->contact = contact;
    self->is_typed = is_typed;
}

static void
on_draft_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (TouContactForm) self = user_data;
    g_autoptr (GError) error = NULL;
    g_autoptr (TouDraft) draft = tou_draft_keeper_load_finish (TOU_DRAFT_KEEPER (source), result, &error);

    if (draft == NULL) {
        g_debug ("No draft: %s", error->message);
        return;
    }
    if (self->is_typed)
        return;
    replace_contact (self, g_steal_pointer (&draft->contact), TRUE);
    g_signal_emit (self, signals[SIGNAL_LOADED], 0);
}

static void
stop_loading (TouContactForm *self)
{
    g_cancellable_cancel (self->loading);
    g_clear_object (&self->loading);
}

static void
load_draft (TouContactForm *self)
{
    stop_loading (self);
    if (self->is_typed)
        return;
    self->loading = g_cancellable_new ();
    tou_draft_keeper_load_async (self->keeper, self->loading, on_draft_loaded, g_object_ref (self));
}

static void
dispose (GObject *object)
{
    stop_loading (TOU_CONTACT_FORM (object));
    G_OBJECT_CLASS (tou_contact_form_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
    TouContactForm *self = TOU_CONTACT_FORM (object);

    g_clear_object (&self->keeper);
    g_clear_object (&self->session);
    g_clear_pointer (&self->contact, tou_contact_free);
    g_free (self->user_id);
    G_OBJECT_CLASS (tou_contact_form_parent_class)->finalize (object);
}

static void
tou_contact_form_class_init (TouContactFormClass *klass)
{
    G_OBJECT_CLASS (klass)->dispose = dispose;
    G_OBJECT_CLASS (klass)->finalize = finalize;
    signals[SIGNAL_LOADED] = g_signal_new ("loaded", TOU_TYPE_CONTACT_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                           NULL, G_TYPE_NONE, 0);
    signals[SIGNAL_DRAFT_WRITTEN] = g_signal_new ("draft-written", TOU_TYPE_CONTACT_FORM, G_SIGNAL_RUN_LAST,
                                                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tou_contact_form_init (TouContactForm *self)
{
    self->contact = tou_contact_new ();
}

static void
on_draft_written (TouContactForm *self)
{
    g_signal_emit (self, signals[SIGNAL_DRAFT_WRITTEN], 0);
}

TouContactForm *
tou_contact_form_new (TouSessionFlow *session, TouRecordStore *store, TouOperation operation)
{
    TouContactForm *self = g_object_new (TOU_TYPE_CONTACT_FORM, NULL);

    self->session = g_object_ref (session);
    self->keeper = tou_draft_keeper_new (store, operation);
    self->operation = operation;
    g_signal_connect_object (self->keeper, "written", G_CALLBACK (on_draft_written), self, G_CONNECT_SWAPPED);
    return self;
}

void
tou_contact_form_set_draft_delay (TouContactForm *self, guint delay_ms)
{
    tou_draft_keeper_set_delay (self->keeper, delay_ms);
}

static void
note_draft (TouContactForm *self)
{
    tou_draft_keeper_note (self->keeper, self->contact,
                           tou_clock_now_us (tou_session_flow_get_clock (self->session)));
}

gboolean
tou_contact_form_take_owner (TouContactForm *self)
{
    TouServiceProfile *profile = tou_session_flow_get_profile (self->session);
    const char *user_id = tou_session_flow_get_user_id (self->session);
    gboolean is_emptied = self->user_id != NULL && tou_contact_form_is_of_other (self);
    gboolean is_same_category = self->category == tou_session_flow_get_category (self->session);

    tou_draft_keeper_set_owner (self->keeper, tou_service_profile_get_id (profile), user_id,
                                tou_session_flow_get_category (self->session));
    if (is_emptied)
        replace_contact (self, tou_contact_new (), FALSE);
    tou_set_text (&self->user_id, user_id);
    self->category = tou_session_flow_get_category (self->session);
    /* What was typed for the other category stays in the form, so it is kept for this one too. */
    if (self->is_typed && !is_same_category)
        note_draft (self);
    load_draft (self);
    return is_emptied;
}

gboolean
tou_contact_form_is_of_other (TouContactForm *self)
{
    gboolean is_same_category = self->category == tou_session_flow_get_category (self->session);

    return g_strcmp0 (self->user_id, tou_session_flow_get_user_id (self->session)) != 0
           || (self->operation == TOU_OPERATION_CONTACT_CHANGE && !is_same_category);
}

const TouContact *
tou_contact_form_get_contact (TouContactForm *self)
{
    return self->contact;
}

void
tou_contact_form_set_contact (TouContactForm *self, const TouContact *contact)
{
    if (tou_contact_equal (self->contact, contact))
        return;
    replace_contact (self, tou_contact_copy (contact), TRUE);
    note_draft (self);
}

void
tou_contact_form_prefill (TouContactForm *self, const TouContact *contact)
{
    if (!self->is_typed)
        replace_contact (self, tou_contact_copy (contact), FALSE);
}

void
tou_contact_form_settle (TouContactForm *self)
{
    self->is_typed = FALSE;
}

gboolean
tou_contact_form_check (TouContactForm *self, TouField *out_field, GError **error)
{
    const struct {
        TouField field;
        const char *text;
    } rows[] = {
        { TOU_FIELD_COMPANY_PHONE, self->contact->company_phone },
        { TOU_FIELD_COMPANY_FAX, self->contact->company_fax },
        { TOU_FIELD_CONTACT_NAME, self->contact->name },
        { TOU_FIELD_CONTACT_POSTAL_CODE, self->contact->postal_code },
        { TOU_FIELD_CONTACT_ADDRESS, self->contact->address },
        { TOU_FIELD_CONTACT_PERSON, self->contact->person },
        { TOU_FIELD_CONTACT_PHONE, self->contact->phone },
        { TOU_FIELD_CONTACT_FAX, self->contact->fax },
    };

    gsize first = self->operation == TOU_OPERATION_CONTACT_CHANGE ? 0 : 2;

    for (gsize i = first; i < G_N_ELEMENTS (rows); i++) {
        TouFieldCheck check;

        if (tou_field_check (rows[i].field, rows[i].text != NULL ? rows[i].text : "", &check))
            continue;
        if (out_field != NULL)
            *out_field = rows[i].field;
        g_set_error (error, TOU_FLOW_ERROR, TOU_FLOW_ERROR_FORM, "Field %d does not hold to its rule",
                     rows[i].field);
        return FALSE;
    }
    return TRUE;
}

void
tou_contact_form_flush (TouContactForm *self)
{
    tou_draft_keeper_flush (self->keeper);
}

void
tou_contact_form_leave (TouContactForm *self)
{
    tou_draft_keeper_flush (self->keeper);
    stop_loading (self);
}

void
tou_contact_form_forget_draft (TouContactForm *self)
{
    tou_draft_keeper_forget (self->keeper);
}

void
tou_contact_form_forget_submitted (TouContactForm *self, const char *user_id, TouCategory category,
                                   gint64 signed_at_us)
{
    gint64 saved_at_us = tou_draft_keeper_get_saved_at_us (self->keeper);

    if (g_strcmp0 (self->user_id, user_id) != 0 || self->category != category || saved_at_us == 0
        || saved_at_us > signed_at_us)
        return;
    tou_draft_keeper_forget (self->keeper);
    replace_contact (self, tou_contact_new (), FALSE);
    g_signal_emit (self, signals[SIGNAL_LOADED], 0);
}

const GError *
tou_contact_form_get_draft_error (TouContactForm *self)
{
    return tou_draft_keeper_get_error (self->keeper);
}

gint64
tou_contact_form_get_draft_time_us (TouContactForm *self)
{
    return tou_draft_keeper_get_saved_at_us (self->keeper);
}
