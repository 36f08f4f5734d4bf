/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "fake-cards.h"

#include <string.h>

#define DAY_US (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

struct _FakeCards {
    GObject parent_instance;

    FakeScript *script;
    TouCardInventory *inventory;
    GPtrArray *certificates;
    gboolean is_unlocked;
    guint keypad_seconds;
    gboolean asks_each_time;
};

static void fake_cards_access_init (TouCardAccessInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeCards, fake_cards, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TOU_TYPE_CARD_ACCESS, fake_cards_access_init))

static void
answer_list (GTask *task)
{
    FakeCards *self = g_task_get_source_object (task);

    g_task_return_pointer (task, tou_card_inventory_ref (self->inventory),
                           (GDestroyNotify) tou_card_inventory_unref);
}

static void
fake_cards_list_async (TouCardAccess *access, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer user_data)
{
    fake_script_answer (FAKE_CARDS (access)->script, "list",
                        g_task_new (access, cancellable, callback, user_data), answer_list);
}

static void
answer_unlock (GTask *task)
{
    FakeCards *self = g_task_get_source_object (task);
    TouSecret *pin = g_task_get_task_data (task);

    /* None: it was typed on the reader. */
    self->is_unlocked = pin == NULL || tou_secret_equal_text (pin, FAKE_PIN);
    if (self->is_unlocked)
        g_task_return_pointer (task, g_ptr_array_ref (self->certificates),
                               (GDestroyNotify) g_ptr_array_unref);
    else
        g_task_return_new_error (task, TOU_CARD_ERROR, TOU_CARD_ERROR_PIN_WRONG, "Wrong PIN");
}

static void
fake_cards_unlock_async (TouCardAccess *access, TouCardToken *token, TouSecret *pin,
                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
    GTask *task = g_task_new (access, cancellable, callback, user_data);

    if (pin != NULL)
        g_task_set_task_data (task, tou_secret_copy (pin), (GDestroyNotify) tou_secret_unref);
    fake_script_answer (FAKE_CARDS (access)->script, "unlock", task, answer_unlock);
}

static GBytes *
make_cms (const char *certificate_sha256, GBytes *content)
{
    GString *text = g_string_new (NULL);

    g_string_printf (text, "cms(%s)", certificate_sha256);
    g_string_append_len (text, g_bytes_get_data (content, NULL), (gssize) g_bytes_get_size (content));
    return g_string_free_to_bytes (text);
}

static void
answer_sign (GTask *task)
{
    FakeCards *self = g_task_get_source_object (task);

    if (self->is_unlocked)
        g_task_return_pointer (task, g_bytes_ref (g_task_get_task_data (task)),
                               (GDestroyNotify) g_bytes_unref);
    else
        g_task_return_new_error (task, TOU_CARD_ERROR, TOU_CARD_ERROR_NOT_UNLOCKED, "Not unlocked");
}

static void
fake_cards_sign_async (TouCardAccess *access, GBytes *content, const char *certificate_sha256,
                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
    GTask *task = g_task_new (access, cancellable, callback, user_data);

    g_task_set_task_data (task, make_cms (certificate_sha256, content), (GDestroyNotify) g_bytes_unref);
    fake_script_answer (FAKE_CARDS (access)->script, "sign", task, answer_sign);
}

static gpointer
finish_pointer (TouCardAccess *access, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer (G_TASK (result), error);
}

static TouCardInventory *
fake_cards_list_finish (TouCardAccess *access, GAsyncResult *result, GError **error)
{
    return finish_pointer (access, result, error);
}

/* After any error the card has to be unlocked again, as the real one behaves. */
static gpointer
finish_card_step (TouCardAccess *access, GAsyncResult *result, GError **error)
{
    gpointer value = finish_pointer (access, result, error);

    if (value == NULL)
        FAKE_CARDS (access)->is_unlocked = FALSE;
    return value;
}

static GPtrArray *
fake_cards_unlock_finish (TouCardAccess *access, GAsyncResult *result, GError **error)
{
    return finish_card_step (access, result, error);
}

static GBytes *
fake_cards_sign_finish (TouCardAccess *access, GAsyncResult *result, GError **error)
{
    return finish_card_step (access, result, error);
}

static gboolean
fake_cards_asks_each_time (TouCardAccess *access)
{
    return FAKE_CARDS (access)->asks_each_time;
}

static guint
fake_cards_get_keypad_seconds (TouCardAccess *access)
{
    return FAKE_CARDS (access)->keypad_seconds;
}

static void
fake_cards_release (TouCardAccess *access)
{
    FakeCards *self = FAKE_CARDS (access);

    self->is_unlocked = FALSE;
    g_assert_true (fake_script_note (self->script, "release", NULL));
}

static void
fake_cards_finalize (GObject *object)
{
    FakeCards *self = FAKE_CARDS (object);

    g_clear_object (&self->script);
    g_clear_pointer (&self->inventory, tou_card_inventory_unref);
    g_clear_pointer (&self->certificates, g_ptr_array_unref);
    G_OBJECT_CLASS (fake_cards_parent_class)->finalize (object);
}

static void
fake_cards_access_init (TouCardAccessInterface *iface)
{
    iface->list_async = fake_cards_list_async;
    iface->list_finish = fake_cards_list_finish;
    iface->unlock_async = fake_cards_unlock_async;
    iface->unlock_finish = fake_cards_unlock_finish;
    iface->sign_async = fake_cards_sign_async;
    iface->sign_finish = fake_cards_sign_finish;
    iface->asks_each_time = fake_cards_asks_each_time;
    iface->get_keypad_seconds = fake_cards_get_keypad_seconds;
    iface->release = fake_cards_release;
}

static void
fake_cards_class_init (FakeCardsClass *klass)
{
    G_OBJECT_CLASS (klass)->finalize = fake_cards_finalize;
}

static void
fake_cards_init (FakeCards *self)
{
    g_autoptr (TouCardCertificate) certificate = fake_certificate_new ('a');

    self->inventory = fake_inventory_new (certificate);
    self->certificates = g_ptr_array_new_with_free_func ((GDestroyNotify) tou_card_certificate_unref);
    g_ptr_array_add (self->certificates, g_steal_pointer (&certificate));
}

FakeCards *
fake_cards_new (FakeScript *script)
{
    FakeCards *self = g_object_new (FAKE_TYPE_CARDS, NULL);

    self->script = g_object_ref (script);
    return self;
}

void
fake_cards_set_inventory (FakeCards *self, TouCardInventory *inventory)
{
    tou_card_inventory_ref (inventory);
    tou_card_inventory_unref (self->inventory);
    self->inventory = inventory;
    g_signal_emit_by_name (self, "changed");
}

void
fake_cards_set_certificates (FakeCards *self, GPtrArray *certificates)
{
    g_ptr_array_ref (certificates);
    g_ptr_array_unref (self->certificates);
    self->certificates = certificates;
}

void
fake_cards_lose (FakeCards *self)
{
    self->is_unlocked = FALSE;
    g_signal_emit_by_name (self, "lost");
}

void
fake_cards_set_keypad (FakeCards *self, guint seconds, gboolean asks_each_time)
{
    self->keypad_seconds = seconds;
    self->asks_each_time = asks_each_time;
}

gboolean
fake_cards_is_unlocked (FakeCards *self)
{
    return self->is_unlocked;
}

TouCardCertificate *
fake_certificate_new (char hash_digit)
{
    TouCardCertificate *certificate = tou_card_certificate_new ();

    certificate->der = g_bytes_new_static ("der", 3);
    certificate->sha256 = g_strnfill (64, hash_digit);
    certificate->company = g_strdup ("株式会社練習商事");
    certificate->holder = g_strdup ("練習　太郎");
    certificate->serial = g_strdup ("1A2B");
    certificate->issuer = g_strdup ("Practice CA");
    certificate->not_before_us = FAKE_NOW_US - 100 * DAY_US;
    certificate->not_after_us = FAKE_NOW_US + 100 * DAY_US;
    certificate->key_use = TOU_KEY_USE_DIGITAL_SIGNATURE;
    certificate->key_bits = 2048;
    return certificate;
}

static TouCardToken *
make_token (TouCardCertificate *certificate)
{
    TouCardToken *token = tou_card_token_new ();

    token->id = g_strdup_printf ("token-%c", certificate->sha256[0]);
    token->reader = g_strdup ("Reader 1");
    token->label = g_strdup ("Card");
    token->pin_state = TOU_PIN_STATE_OK;
    token->pin_min = 4;
    token->pin_max = 16;
    if (token->certificates == NULL)
        token->certificates = g_ptr_array_new_with_free_func ((GDestroyNotify) tou_card_certificate_unref);
    g_ptr_array_add (token->certificates, tou_card_certificate_ref (certificate));
    return token;
}

TouCardInventory *
fake_inventory_new (TouCardCertificate *certificate)
{
    TouCardInventory *inventory = tou_card_inventory_new ();

    g_ptr_array_add (inventory->readers,
                     tou_reader_new ("Reader 1", certificate != NULL ? TOU_READER_CARD : TOU_READER_EMPTY));
    if (certificate != NULL)
        g_ptr_array_add (inventory->tokens, make_token (certificate));
    return inventory;
}
