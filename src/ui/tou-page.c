/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-page.h"

#include "tou-accessible-ids.h"
#include "tou-page-table.h"

typedef struct {
    TouFlows *flows;
    int operation; /* TOU_NO_OPERATION */
    GCancellable *cancellable;
} TouPagePrivate;

enum { PROP_FLOWS = 1, PROP_OPERATION, N_PROPS };
static GParamSpec *props[N_PROPS];

enum { SIGNAL_GO, SIGNAL_SOON, SIGNAL_ERROR, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (TouPage, tou_page, GTK_TYPE_BOX)

static TouPagePrivate *
get_private (TouPage *self)
{
    return tou_page_get_instance_private (self);
}

static void
cancel (TouPage *self)
{
    TouPagePrivate *priv = get_private (self);

    g_cancellable_cancel (priv->cancellable);
    g_clear_object (&priv->cancellable);
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    TouPagePrivate *priv = get_private (TOU_PAGE (object));

    switch (id) {
    case PROP_FLOWS:
        priv->flows = g_value_dup_boxed (value);
        break;
    case PROP_OPERATION:
        priv->operation = g_value_get_int (value);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
constructed (GObject *object)
{
    G_OBJECT_CLASS (tou_page_parent_class)->constructed (object);
    tou_accessible_ids_set (GTK_WIDGET (object));
}

static void
dispose (GObject *object)
{
    TouPagePrivate *priv = get_private (TOU_PAGE (object));

    cancel (TOU_PAGE (object));
    g_clear_pointer (&priv->flows, tou_flows_unref);
    G_OBJECT_CLASS (tou_page_parent_class)->dispose (object);
}

static void
tou_page_class_init (TouPageClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

    object_class->set_property = set_property;
    object_class->constructed = constructed;
    object_class->dispose = dispose;
    props[PROP_FLOWS] = g_param_spec_boxed ("flows", NULL, NULL, TOU_TYPE_FLOWS, flags);
    props[PROP_OPERATION] = g_param_spec_int ("operation", NULL, NULL, TOU_NO_OPERATION,
                                              TOU_OPERATION_CONTACT_CHANGE, TOU_NO_OPERATION, flags);
    g_object_class_install_properties (object_class, N_PROPS, props);
    signals[SIGNAL_GO] = g_signal_new ("go", TOU_TYPE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_INT);
    signals[SIGNAL_SOON] = g_signal_new ("soon", TOU_TYPE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_INT);
    signals[SIGNAL_ERROR] = g_signal_new ("error", TOU_TYPE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
tou_page_init (TouPage *self)
{
}

TouFlows *
tou_page_get_flows (TouPage *self)
{
    g_return_val_if_fail (TOU_IS_PAGE (self), NULL);
    return get_private (self)->flows;
}

TouSessionFlow *
tou_page_get_session_flow (TouPage *self)
{
    g_return_val_if_fail (TOU_IS_PAGE (self), NULL);
    return get_private (self)->flows->session;
}

TouRequestFlow *
tou_page_get_request_flow (TouPage *self)
{
    return tou_flows_get (tou_page_get_flows (self), tou_page_get_operation (self));
}

TouOperation
tou_page_get_operation (TouPage *self)
{
    int operation = get_private (self)->operation;

    g_return_val_if_fail (operation != TOU_NO_OPERATION, TOU_OPERATION_REGISTRATION);
    return (TouOperation) operation;
}

GCancellable *
tou_page_get_cancellable (TouPage *self)
{
    TouPagePrivate *priv;

    g_return_val_if_fail (TOU_IS_PAGE (self), NULL);
    priv = get_private (self);
    if (priv->cancellable == NULL)
        priv->cancellable = g_cancellable_new ();
    return priv->cancellable;
}

void
tou_page_shown (TouPage *self)
{
    g_return_if_fail (TOU_IS_PAGE (self));
    cancel (self);
    if (TOU_PAGE_GET_CLASS (self)->shown != NULL)
        TOU_PAGE_GET_CLASS (self)->shown (self);
}

void
tou_page_hidden (TouPage *self)
{
    g_return_if_fail (TOU_IS_PAGE (self));
    cancel (self);
    if (TOU_PAGE_GET_CLASS (self)->hidden != NULL)
        TOU_PAGE_GET_CLASS (self)->hidden (self);
}

gboolean
tou_page_go_back (TouPage *self)
{
    g_return_val_if_fail (TOU_IS_PAGE (self), FALSE);
    return TOU_PAGE_GET_CLASS (self)->go_back != NULL && TOU_PAGE_GET_CLASS (self)->go_back (self);
}

void
tou_page_go (TouPage *self, TouPageId page)
{
    g_return_if_fail (TOU_IS_PAGE (self));
    g_signal_emit (self, signals[SIGNAL_GO], 0, (int) page);
}

void
tou_page_go_soon (TouPage *self, TouPageId page)
{
    g_return_if_fail (TOU_IS_PAGE (self));
    g_signal_emit (self, signals[SIGNAL_SOON], 0, (int) page);
}

void
tou_page_go_on (TouPage *self, GType type)
{
    tou_page_go (self, tou_page_table_find (tou_page_get_operation (self), type));
}

void
tou_page_report (TouPage *self, const GError *error)
{
    g_return_if_fail (TOU_IS_PAGE (self));
    g_signal_emit (self, signals[SIGNAL_ERROR], 0, error);
}
