/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-card-agent"

#include "tou-card-desk.h"

#include "tou-card-access.h"
#include "tou-card-module.h"
#include "tou-card-objects.h"
#include "tou-card-reset.h"
#include "tou-card-session.h"

#include <string.h>

/* A module that says more characters than this says nothing of use. */
#define MAX_PIN_CHARS 255

struct _TouCardDesk {
    char **paths;
    GPtrArray *modules;   /* (element-type TouCardModule), NULL before the first call */
    GPtrArray *snapshots; /* (element-type utf8) what was seen last, one text a module */
    TouCardSession *session;
    char *unlocked_id;
    char *unlocked_reader;
    gboolean has_tried;
};

TouCardDesk *
tou_card_desk_new (const char *const *modules)
{
    TouCardDesk *self = g_new0 (TouCardDesk, 1);

    self->paths = g_strdupv ((char **) modules);
    return self;
}

void
tou_card_desk_free (TouCardDesk *self)
{
    g_clear_pointer (&self->session, tou_card_session_free);
    g_clear_pointer (&self->modules, g_ptr_array_unref);
    g_clear_pointer (&self->snapshots, g_ptr_array_unref);
    if (self->unlocked_reader != NULL)
        tou_card_reset_reader (self->unlocked_reader);
    g_free (self->unlocked_reader);
    g_free (self->unlocked_id);
    g_strfreev (self->paths);
    g_free (self);
}

static gboolean
load_modules (TouCardDesk *self, GError **error)
{
    g_autoptr (GPtrArray) modules = NULL;
    GError *first_error = NULL;

    if (self->modules != NULL)
        return TRUE;
    modules = g_ptr_array_new_with_free_func ((GDestroyNotify) tou_card_module_free);
    for (char **path = self->paths; *path != NULL; path++) {
        g_autoptr (GError) load_error = NULL;
        TouCardModule *module = tou_card_module_load (*path, &load_error);
        if (module != NULL)
            g_ptr_array_add (modules, module);
        else if (first_error == NULL)
            first_error = g_steal_pointer (&load_error);
    }
    if (modules->len == 0) {
        if (first_error == NULL)
            g_set_error_literal (&first_error, TOU_CARD_ERROR, TOU_CARD_ERROR_NO_MODULE, "no module named");
        g_propagate_error (error, first_error);
        return FALSE;
    }
    g_clear_error (&first_error);
    self->snapshots = g_ptr_array_new_with_free_func (g_free);
    g_ptr_array_set_size (self->snapshots, (int) modules->len);
    self->modules = g_steal_pointer (&modules);
    return TRUE;
}

/* With something of the token itself in it, so that the PIN for one card never goes to the next one. */
static char *
make_token_id (guint module_index, const TouSlotFacts *facts)
{
    g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
    const CK_TOKEN_INFO *token = &facts->token;

    g_checksum_update (checksum, token->label, sizeof token->label);
    g_checksum_update (checksum, token->manufacturerID, sizeof token->manufacturerID);
    g_checksum_update (checksum, token->model, sizeof token->model);
    g_checksum_update (checksum, token->serialNumber, sizeof token->serialNumber);
    return g_strdup_printf ("%u:%lu:%.16s", module_index, facts->slot, g_checksum_get_string (checksum));
}

static char *
describe (guint module_index, GPtrArray *all_facts)
{
    GString *text = g_string_new ("\n");

    for (guint i = 0; i < all_facts->len; i++) {
        const TouSlotFacts *facts = g_ptr_array_index (all_facts, i);
        g_autofree char *id = facts->state == TOU_READER_CARD
                                  ? make_token_id (module_index, facts)
                                  : g_strdup_printf ("%lu:%d", facts->slot, (int) facts->state);
        g_string_append_printf (text, "%s\n", id);
    }
    return g_string_free (text, FALSE);
}

/* Returns whether it differs from before. */
static gboolean
remember (TouCardDesk *self, guint module_index, GPtrArray *all_facts)
{
    char *now = describe (module_index, all_facts);
    char *before = g_steal_pointer (&g_ptr_array_index (self->snapshots, module_index));
    gboolean differs = before != NULL && !g_str_equal (before, now);

    g_ptr_array_index (self->snapshots, module_index) = now;
    g_free (before);
    return differs;
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
add_token (TouCardDesk *self, GVariantBuilder *tokens, guint module_index, const TouSlotFacts *facts)
{
    TouCardModule *module = g_ptr_array_index (self->modules, module_index);
    const CK_TOKEN_INFO *token = &facts->token;
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) certificates = tou_card_objects_load_certificates (
        tou_card_module_get_functions (module), facts->slot, &error);
    g_autofree char *id = make_token_id (module_index, facts);
    g_autofree char *label = tou_pkcs11_dup_text (token->label, sizeof token->label);

    if (error != NULL)
        g_debug ("certificates of slot %lu: %s", facts->slot, error->message);
    g_variant_builder_add (
        tokens, "(sssubuub@aay)", id, facts->reader, label, (guint32) get_pin_state (token->flags),
        (token->flags & CKF_PROTECTED_AUTHENTICATION_PATH) != 0, get_pin_limit (token->ulMinPinLen),
        get_pin_limit (token->ulMaxPinLen),
        (token->flags & CKF_LOGIN_REQUIRED) && (certificates == NULL || certificates->len == 0),
        make_certificates_variant (certificates));
}

/* A reader may have several slots and be seen by several modules; the most telling of them counts. */
static void
note_reader (GHashTable *states, GPtrArray *names, const TouSlotFacts *facts)
{
    static const guint8 weights[] = {
        [TOU_READER_EMPTY] = 0, [TOU_READER_UNRECOGNISED] = 1, [TOU_READER_BUSY] = 2, [TOU_READER_CARD] = 3
    };
    gpointer known;

    if (!g_hash_table_lookup_extended (states, facts->reader, NULL, &known)) {
        char *name = g_strdup (facts->reader);
        g_ptr_array_add (names, name);
        g_hash_table_insert (states, name, GUINT_TO_POINTER (facts->state));
    } else if (weights[facts->state] > weights[GPOINTER_TO_UINT (known)]) {
        /* The table keeps the key that it has. */
        g_hash_table_insert (states, facts->reader, GUINT_TO_POINTER (facts->state));
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
    GVariantBuilder tokens;

    if (!load_modules (self, error))
        return NULL;
    g_variant_builder_init (&tokens, G_VARIANT_TYPE ("a(sssubuubaay)"));
    for (guint m = 0; m < self->modules->len; m++) {
        g_autoptr (GError) look_error = NULL;
        g_autoptr (GPtrArray) all_facts = tou_card_module_look (g_ptr_array_index (self->modules, m),
                                                                &look_error);
        for (guint i = 0; all_facts != NULL && i < all_facts->len; i++) {
            const TouSlotFacts *facts = g_ptr_array_index (all_facts, i);
            note_reader (states, names, facts);
            if (facts->state == TOU_READER_CARD)
                add_token (self, &tokens, m, facts);
        }
        if (all_facts != NULL)
            (void) remember (self, m, all_facts);
        else
            g_debug ("module %u: %s", m, look_error->message);
    }
    return g_variant_new ("(@a(su)a(sssubuubaay))", make_readers_variant (states, names), &tokens);
}

/* An id begins with the place, "MODULE:SLOT:", and goes on with what tells the token from others. */
static gboolean
is_same_place (const char *a, const char *b)
{
    return strncmp (a, b, (gsize) (strrchr (b, ':') - b) + 1) == 0;
}

/* Finds the token as it is now; else *@out_code says whether another one is in its place. */
static TouCardModule *
find_token (TouCardDesk *self, const char *token_id, TouSlotFacts *out_facts, char **out_reader,
            TouCardError *out_code)
{
    *out_code = TOU_CARD_ERROR_CARD_REMOVED;
    for (guint m = 0; m < self->modules->len; m++) {
        TouCardModule *module = g_ptr_array_index (self->modules, m);
        g_autoptr (GPtrArray) all_facts = tou_card_module_look (module, NULL);
        for (guint i = 0; all_facts != NULL && i < all_facts->len; i++) {
            const TouSlotFacts *facts = g_ptr_array_index (all_facts, i);
            g_autofree char *id = make_token_id (m, facts);
            if (facts->state != TOU_READER_CARD || !is_same_place (token_id, id))
                continue;
            if (!g_str_equal (id, token_id)) {
                *out_code = TOU_CARD_ERROR_OTHER_CARD;
                continue;
            }
            *out_facts = *facts;
            *out_reader = g_strdup (facts->reader);
            return module;
        }
    }
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

GVariant *
tou_card_desk_unlock (TouCardDesk *self, const char *token_id, TouSecret *pin, GError **error)
{
    g_autofree char *reader = NULL;
    TouSlotFacts facts;
    TouCardModule *module;
    TouCardError code;

    if (self->has_tried) {
        g_set_error_literal (error, TOU_CARD_ERROR, TOU_CARD_ERROR_BUSY, "one agent unlocks one card, once");
        return NULL;
    }
    if (!load_modules (self, error))
        return NULL;
    module = find_token (self, token_id, &facts, &reader, &code);
    if (module == NULL) {
        g_set_error_literal (error, TOU_CARD_ERROR, (int) code, "the token of the list is not there");
        return NULL;
    }
    if (!check_pin (&facts.token, pin, error))
        return NULL;
    self->has_tried = TRUE;
    self->unlocked_reader = g_steal_pointer (&reader);
    self->session = tou_card_session_open (module, facts.slot, pin, error);
    if (self->session == NULL)
        return NULL;
    self->unlocked_id = g_strdup (token_id);
    return g_variant_new ("(@aay)",
                          make_certificates_variant (tou_card_session_get_certificates (self->session)));
}

GBytes *
tou_card_desk_sign (TouCardDesk *self, GBytes *content, const char *certificate_sha256, GError **error)
{
    if (self->session == NULL) {
        g_set_error_literal (error, TOU_CARD_ERROR, TOU_CARD_ERROR_NOT_UNLOCKED, "nothing is unlocked");
        return NULL;
    }
    return tou_card_session_sign (self->session, content, certificate_sha256, error);
}

static gboolean
is_unlocked_token_gone (TouCardDesk *self)
{
    g_autofree char *line = g_strdup_printf ("\n%s\n", self->unlocked_id);

    for (guint m = 0; m < self->snapshots->len; m++)
        if (strstr (g_ptr_array_index (self->snapshots, m), line) != NULL)
            return FALSE;
    return TRUE;
}

TouCardNews
tou_card_desk_look (TouCardDesk *self)
{
    TouCardNews news = TOU_CARD_NEWS_NONE;

    for (guint m = 0; self->modules != NULL && m < self->modules->len; m++) {
        TouCardModule *module = g_ptr_array_index (self->modules, m);
        g_autoptr (GPtrArray) all_facts = NULL;
        if (tou_card_module_may_have_changed (module))
            all_facts = tou_card_module_look (module, NULL);
        if (all_facts != NULL && remember (self, m, all_facts))
            news |= TOU_CARD_NEWS_CHANGED;
    }
    if ((news & TOU_CARD_NEWS_CHANGED) && self->unlocked_id != NULL && is_unlocked_token_gone (self))
        news |= TOU_CARD_NEWS_LOST;
    return news;
}
