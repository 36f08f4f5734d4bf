/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-card-agent"

#include "tou-card-desk.h"

#include "tou-card-access.h"
#include "tou-card-module.h"
#include "tou-card-objects.h"
#include "tou-card-reset.h"
#include "tou-card-session.h"
#include "tou-pcsc.h"

#include <string.h>

/* A module that says more characters than this says nothing of use. */
#define MAX_PIN_CHARS 255

/* pcscd looks at a reader that does not tell by itself about this often (PCSCLITE_STATUS_POLL_RATE is 400
 * ms). */
#define REMOVAL_MS 600

struct _TouCardDesk {
    char *path;
    char *slot_view;
    TouCardModule *module; /* NULL before the first call */
    GPtrArray *facts;      /* (element-type TouSlotFacts): as of the last look at the module */
    char *facts_readers;   /* the readers by PC/SC when the facts were read; NULL before the first look */
    char *readers_seen;    /* the same when PC/SC was last looked at for news */
    char *slots_seen;      /* the same for a module that does not use it */
    gint needs_polling;    /* read by any thread */

    TouCardSession *session;
    char *unlocked_id;
    char *unlocked_reader;
    GStrv opened_readers; /* by PC/SC; (nullable): no PIN was used */
    TouCardOpening opening;
    gpointer opening_data;
    guint unlocked_visit; /* of its reader */
    gboolean has_tried;
};

TouCardDesk *
tou_card_desk_new (const char *module, const char *slot_view)
{
    TouCardDesk *self = g_new0 (TouCardDesk, 1);

    self->path = g_strdup (module);
    self->slot_view = g_strdup (slot_view);
    return self;
}

void
tou_card_desk_set_opening (TouCardDesk *self, TouCardOpening opening, gpointer user_data)
{
    self->opening = opening;
    self->opening_data = user_data;
}

void
tou_card_desk_free (TouCardDesk *self)
{
    g_clear_pointer (&self->session, tou_card_session_free);
    g_clear_pointer (&self->module, tou_card_module_free);
    if (self->opened_readers != NULL)
        tou_card_reset_readers ((const char *const *) self->opened_readers);
    g_clear_pointer (&self->facts, g_ptr_array_unref);
    g_free (self->facts_readers);
    g_free (self->readers_seen);
    g_free (self->slots_seen);
    g_strfreev (self->opened_readers);
    g_free (self->unlocked_reader);
    g_free (self->unlocked_id);
    g_free (self->slot_view);
    g_free (self->path);
    g_free (self);
}

static gboolean
load_module (TouCardDesk *self, GError **error)
{
    if (self->module == NULL)
        self->module = tou_card_module_load (self->path, error);
    return self->module != NULL;
}

/* With the visit and with something of the token itself in it, so that the PIN for one card never goes to the
 * next one: there are cards that all say the same of themselves, and modules without PC/SC. */
static char *
make_token_id (const TouSlotFacts *facts)
{
    g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
    const CK_TOKEN_INFO *token = &facts->token;

    g_checksum_update (checksum, token->label, sizeof token->label);
    g_checksum_update (checksum, token->manufacturerID, sizeof token->manufacturerID);
    g_checksum_update (checksum, token->model, sizeof token->model);
    g_checksum_update (checksum, token->serialNumber, sizeof token->serialNumber);
    return g_strdup_printf ("%lu:%u-%.16s", facts->slot, facts->visit, g_checksum_get_string (checksum));
}

static char *
describe_slots (const GPtrArray *all_facts)
{
    GString *text = g_string_new ("\n");

    for (guint i = 0; i < all_facts->len; i++) {
        const TouSlotFacts *facts = g_ptr_array_index (all_facts, i);
        g_autofree char *id = facts->state == TOU_READER_CARD
                                  ? make_token_id (facts)
                                  : g_strdup_printf ("%lu:%d", facts->slot, (int) facts->state);
        g_string_append_printf (text, "%s\n", id);
    }
    return g_string_free (text, FALSE);
}

/* @now: (transfer full). Returns whether it differs from before, if there was a before. */
static gboolean
replace_seen (char **seen, char *now)
{
    g_autofree char *before = g_steal_pointer (seen);

    *seen = now;
    return before != NULL && !g_str_equal (before, now);
}

/* Looks at all slots. PC/SC first: what happens meanwhile is news at the next look. */
static gboolean
look_at_module (TouCardDesk *self, GPtrArray **out_readers, GError **error)
{
    g_autoptr (GPtrArray) readers = tou_pcsc_list_readers ();
    g_autoptr (GPtrArray) facts = tou_card_module_look (self->module, readers, error);

    if (facts == NULL)
        return FALSE;
    (void) replace_seen (&self->facts_readers, tou_pcsc_describe (readers));
    (void) replace_seen (&self->readers_seen, g_strdup (self->facts_readers));
    (void) replace_seen (&self->slots_seen, describe_slots (facts));
    g_clear_pointer (&self->facts, g_ptr_array_unref);
    self->facts = g_steal_pointer (&facts);
    g_atomic_int_set (&self->needs_polling, !tou_card_module_uses_pcsc (self->module));
    if (out_readers != NULL)
        *out_readers = g_steal_pointer (&readers);
    return TRUE;
}

static TouPinState
get_pin_state (CK_FLAGS flags)
{
    if (flags & CKF_USER_PIN_LOCKED)
        return TOU_PIN_STATE_LOCKED;
    if (flags & CKF_USER_PIN_FINAL_TRY)
        return TOU_PIN_STATE_FINAL_TRY;
    if (flags & CKF_USER_PIN_COUNT_LOW)
        return TOU_PIN_STATE_COUNT_LOW;
    return flags & CKF_USER_PIN_INITIALIZED ? TOU_PIN_STATE_OK : TOU_PIN_STATE_UNKNOWN;
}

static guint
get_pin_limit (CK_ULONG limit)
{
    return limit > MAX_PIN_CHARS ? 0 : (guint) limit;
}

static GVariant *
make_certificates_variant (GPtrArray *certificates)
{
    GVariantBuilder builder;

    g_variant_builder_init (&builder, G_VARIANT_TYPE ("aay"));
    for (guint i = 0; certificates != NULL && i < certificates->len; i++) {
        const TouCardObject *certificate = g_ptr_array_index (certificates, i);
        g_variant_builder_add_value (
            &builder, g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, certificate->der, TRUE));
    }
    return g_variant_builder_end (&builder);
}

static void
add_token (TouCardDesk *self, GVariantBuilder *tokens, const TouSlotFacts *facts)
{
    const CK_TOKEN_INFO *token = &facts->token;
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) certificates = tou_card_objects_load_certificates (
        tou_card_module_get_functions (self->module), facts->slot, &error);
    g_autofree char *id = make_token_id (facts);
    g_autofree char *label = tou_pkcs11_dup_text (token->label, sizeof token->label);
    g_autofree char *manufacturer = tou_pkcs11_dup_text (token->manufacturerID, sizeof token->manufacturerID);
    g_autofree char *model = tou_pkcs11_dup_text (token->model, sizeof token->model);

    if (error != NULL)
        g_debug ("certificates of slot %lu: %s", facts->slot, error->message);
    g_variant_builder_add (
        tokens, "(sssssubuub@aay)", id, facts->reader, label, manufacturer, model,
        (guint32) get_pin_state (token->flags), (token->flags & CKF_PROTECTED_AUTHENTICATION_PATH) != 0,
        get_pin_limit (token->ulMinPinLen), get_pin_limit (token->ulMaxPinLen),
        (token->flags & CKF_LOGIN_REQUIRED) && (certificates == NULL || certificates->len == 0),
        make_certificates_variant (certificates));
}

/* A reader may have several slots; the most telling of them counts. */
static void
note_reader (GHashTable *states, GPtrArray *names, const char *reader, TouReaderState state)
{
    gpointer known;

    if (!g_hash_table_lookup_extended (states, reader, NULL, &known)) {
        char *name = g_strdup (reader);
        g_ptr_array_add (names, name);
        g_hash_table_insert (states, name, GUINT_TO_POINTER (state));
    } else if (tou_reader_state_outweighs (state, (TouReaderState) GPOINTER_TO_UINT (known))) {
        /* The table keeps the key that it has. */
        g_hash_table_insert (states, (gpointer) reader, GUINT_TO_POINTER (state));
    }
}

static gboolean
has_slot_in (TouCardDesk *self, const GPtrArray *readers, const TouPcscReader *reader)
{
    for (guint i = 0; i < self->facts->len; i++) {
        const TouSlotFacts *facts = g_ptr_array_index (self->facts, i);

        if (tou_pcsc_find_reader (readers, facts->reader) == reader)
            return TRUE;
    }
    return FALSE;
}

/* Those that the module has no slot for yet, or never will. */
static void
note_pcsc_readers (TouCardDesk *self, GHashTable *states, GPtrArray *names, const GPtrArray *readers)
{
    for (guint i = 0; tou_card_module_uses_pcsc (self->module) && i < readers->len; i++) {
        const TouPcscReader *reader = g_ptr_array_index (readers, i);
        TouReaderState with_card = reader->is_exclusive ? TOU_READER_BUSY : TOU_READER_UNRECOGNISED;

        if (!has_slot_in (self, readers, reader))
            note_reader (states, names, reader->name, reader->has_card ? with_card : TOU_READER_EMPTY);
    }
}

static GVariant *
make_readers_variant (GHashTable *states, GPtrArray *names)
{
    GVariantBuilder builder;

    g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(su)"));
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index (names, i);
        g_variant_builder_add (&builder, "(su)", name, GPOINTER_TO_UINT (g_hash_table_lookup (states, name)));
    }
    return g_variant_builder_end (&builder);
}

GVariant *
tou_card_desk_list (TouCardDesk *self, GError **error)
{
    g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (GHashTable) states = g_hash_table_new (g_str_hash, g_str_equal);
    g_autoptr (GPtrArray) readers = NULL;
    GVariantBuilder tokens;

    if (!load_module (self, error) || !look_at_module (self, &readers, error))
        return NULL;
    g_variant_builder_init (&tokens, G_VARIANT_TYPE ("a(sssssubuubaay)"));
    for (guint i = 0; i < self->facts->len; i++) {
        const TouSlotFacts *facts = g_ptr_array_index (self->facts, i);

        note_reader (states, names, facts->reader, facts->state);
        if (facts->state == TOU_READER_CARD)
            add_token (self, &tokens, facts);
    }
    note_pcsc_readers (self, states, names, readers);
    return g_variant_new ("(@a(su)a(sssssubuubaay))", make_readers_variant (states, names), &tokens);
}

/* Up to its slot. */
static gboolean
is_same_place (const char *a, const char *b)
{
    return strncmp (a, b, (gsize) (strrchr (b, ':') - b) + 1) == 0;
}

/* By what the token says of itself. */
static gboolean
looks_the_same (const char *a, const char *b)
{
    const char *a_end = strrchr (a, '-');

    return a_end != NULL && g_str_equal (a_end, strrchr (b, '-'));
}

/* What PC/SC says has not changed since the module was looked at is not asked of the card again: that would
 * cost exchanges with it. */
static gboolean
refresh_facts (TouCardDesk *self, GError **error)
{
    g_autoptr (GPtrArray) readers = tou_pcsc_list_readers ();
    g_autofree char *now = tou_pcsc_describe (readers);

    if (self->facts != NULL && tou_card_module_uses_pcsc (self->module)
        && g_strcmp0 (now, self->facts_readers) == 0)
        return TRUE;
    return look_at_module (self, NULL, error);
}

/* Finds the token as it is now. Errors: CARD_REMOVED, OTHER_CARD */
static const TouSlotFacts *
find_token (TouCardDesk *self, const char *token_id, GError **error)
{
    TouCardError code = TOU_CARD_ERROR_CARD_REMOVED;

    if (!refresh_facts (self, error))
        return NULL;
    for (guint i = 0; i < self->facts->len; i++) {
        const TouSlotFacts *facts = g_ptr_array_index (self->facts, i);
        g_autofree char *id = make_token_id (facts);

        if (facts->state != TOU_READER_CARD || !is_same_place (token_id, id))
            continue;
        if (g_str_equal (id, token_id))
            return facts;
        if (!looks_the_same (token_id, id))
            code = TOU_CARD_ERROR_OTHER_CARD;
    }
    g_set_error_literal (error, TOU_CARD_ERROR, (int) code, "the token of the list is not there");
    return NULL;
}

/* The last line of defence; the window has looked before. */
static gboolean
check_pin (const CK_TOKEN_INFO *token, const TouSecret *pin, GError **error)
{
    guint n = pin == NULL ? 0 : tou_secret_get_n_chars (pin);
    guint min = get_pin_limit (token->ulMinPinLen);
    guint max = get_pin_limit (token->ulMaxPinLen);
    int code = -1;

    if (get_pin_state (token->flags) == TOU_PIN_STATE_LOCKED)
        code = TOU_CARD_ERROR_PIN_LOCKED;
    else if (pin == NULL)
        code = token->flags & CKF_PROTECTED_AUTHENTICATION_PATH ? -1 : TOU_CARD_ERROR_PIN_EMPTY;
    else if (n == 0)
        code = TOU_CARD_ERROR_PIN_EMPTY;
    else if (n < min || (max > 0 && n > max))
        code = TOU_CARD_ERROR_PIN_LENGTH;
    if (code >= 0)
        g_set_error_literal (error, TOU_CARD_ERROR, code, "not tried on the card");
    return code < 0;
}

static gboolean
is_about_pin (int code)
{
    return code == TOU_CARD_ERROR_PIN_WRONG || code == TOU_CARD_ERROR_PIN_LOCKED
           || code == TOU_CARD_ERROR_PIN_LENGTH || code == TOU_CARD_ERROR_PIN_INVALID;
}

/* What a module answers when the card was taken out meanwhile differs from module to module. */
static void
explain_failure (TouCardDesk *self, GError **error)
{
    if (is_about_pin ((*error)->code) || !tou_card_module_uses_pcsc (self->module)
        || !tou_pcsc_is_visit_over (self->unlocked_reader, self->unlocked_visit, REMOVAL_MS))
        return;
    g_prefix_error (error, "the card was taken out; ");
    (*error)->code = TOU_CARD_ERROR_CARD_REMOVED;
}

/* Which of them the module works with it does not say where it names its slots otherwise: those with a card
 * may be it. Returns: (transfer full) */
static GStrv
find_readers (const TouSlotFacts *facts)
{
    g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
    g_autoptr (GPtrArray) readers = NULL;

    if (facts->is_pcsc) {
        g_strv_builder_add (names, facts->reader);
        return g_strv_builder_end (names);
    }
    readers = tou_pcsc_list_readers ();
    for (guint i = 0; i < readers->len; i++) {
        const TouPcscReader *reader = g_ptr_array_index (readers, i);

        if (reader->has_card)
            g_strv_builder_add (names, reader->name);
    }
    return g_strv_builder_end (names);
}

/* Whatever becomes of the PIN, of the module or of this process: somebody knows what has to be reset. */
static void
note_opening (TouCardDesk *self, const TouSlotFacts *facts)
{
    self->has_tried = TRUE;
    self->unlocked_reader = g_strdup (facts->reader);
    self->unlocked_visit = facts->visit;
    self->opened_readers = find_readers (facts);
    tou_card_reset_arm ((const char *const *) self->opened_readers);
    if (self->opening != NULL)
        self->opening ((const char *const *) self->opened_readers, self->opening_data);
}

GVariant *
tou_card_desk_unlock (TouCardDesk *self, const char *token_id, TouSecret *pin, GError **error)
{
    const TouSlotFacts *facts;

    if (self->has_tried) {
        g_set_error_literal (error, TOU_CARD_ERROR, TOU_CARD_ERROR_BUSY, "one agent unlocks one card, once");
        return NULL;
    }
    if (!load_module (self, error) || (facts = find_token (self, token_id, error)) == NULL
        || !check_pin (&facts->token, pin, error))
        return NULL;
    note_opening (self, facts);
    self->session = tou_card_session_open (self->module, self->slot_view, facts, pin, error);
    if (self->session == NULL) {
        explain_failure (self, error);
        return NULL;
    }
    self->unlocked_id = g_strdup (token_id);
    return g_variant_new ("(@aayb)",
                          make_certificates_variant (tou_card_session_get_certificates (self->session)),
                          tou_card_session_asks_each_time (self->session));
}

GBytes *
tou_card_desk_sign (TouCardDesk *self, GBytes *content, const char *certificate_sha256, GError **error)
{
    GBytes *cms;

    if (self->session == NULL) {
        g_set_error_literal (error, TOU_CARD_ERROR, TOU_CARD_ERROR_NOT_UNLOCKED, "nothing is unlocked");
        return NULL;
    }
    cms = tou_card_session_sign (self->session, content, certificate_sha256, error);
    if (cms == NULL)
        explain_failure (self, error);
    return cms;
}

static TouCardNews
look_at_readers (TouCardDesk *self)
{
    g_autoptr (GPtrArray) readers = tou_pcsc_list_readers ();
    const TouPcscReader *reader;
    TouCardNews news = TOU_CARD_NEWS_NONE;

    if (replace_seen (&self->readers_seen, tou_pcsc_describe (readers)))
        news |= TOU_CARD_NEWS_CHANGED;
    if (self->unlocked_id == NULL)
        return news;
    reader = tou_pcsc_find_reader (readers, self->unlocked_reader);
    if (reader == NULL || !reader->has_card || reader->n_events != self->unlocked_visit)
        news |= TOU_CARD_NEWS_LOST;
    return news;
}

static gboolean
is_unlocked_token_gone (TouCardDesk *self)
{
    g_autofree char *line = g_strdup_printf ("\n%s\n", self->unlocked_id);

    return strstr (self->slots_seen, line) == NULL;
}

static TouCardNews
look_at_slots (TouCardDesk *self)
{
    if (!tou_card_module_may_have_changed (self->module))
        return TOU_CARD_NEWS_NONE;
    g_autofree char *before = g_strdup (self->slots_seen);
    if (!look_at_module (self, NULL, NULL) || g_strcmp0 (before, self->slots_seen) == 0)
        return TOU_CARD_NEWS_NONE;
    return TOU_CARD_NEWS_CHANGED
           | (self->unlocked_id != NULL && is_unlocked_token_gone (self) ? TOU_CARD_NEWS_LOST : 0);
}

TouCardNews
tou_card_desk_look (TouCardDesk *self)
{
    if (self->facts == NULL)
        return TOU_CARD_NEWS_NONE;
    return tou_card_module_uses_pcsc (self->module) ? look_at_readers (self) : look_at_slots (self);
}

gboolean
tou_card_desk_needs_polling (TouCardDesk *self)
{
    return g_atomic_int_get (&self->needs_polling) != 0;
}
