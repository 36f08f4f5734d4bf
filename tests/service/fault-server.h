/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** FaultAction: what the server does with a request that it has read to the end. */
typedef enum {
    FAULT_ANSWER,
    FAULT_DROP,  /* closes the connection without a word */
    FAULT_STALL, /* says nothing until the server is freed */
} FaultAction;

/** FaultPlan: the answer to a request. Texts are borrowed and must outlive the server. */
typedef struct {
    FaultAction action;
    guint status;
    const char *type; /* default: application/json */
    const char *body;
    gsize body_size;           /* 0: that of the text */
    const char *headers[8];    /* name, value, …; NULL-terminated */
    GCancellable *cancellable; /* cancelled when the request is there, before anything else (nullable) */
} FaultPlan;

/** FaultRequest: what a request looked like. */
typedef struct {
    char *line; /* "GET /v1/service" */
    char *authorization;
    char *idempotency_key;
    char *content_type;
    GByteArray *body;
} FaultRequest;

/**
 * FaultServer:
 *
 * An HTTPS or HTTP server on a free port of this machine, in a thread of its own, that answers as it is told:
 * the plans in turn, the last one again and again. Its certificate is for 127.0.0.1 and localhost.
 */
typedef struct _FaultServer FaultServer;

/** @certificate, @key: PEM; %NULL: plain HTTP. @address: of this machine. @tls: GnuTLS priorities. */
FaultServer *
fault_server_new (const char *certificate, const char *key, const char *address, const char *tls);
void fault_server_free (FaultServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FaultServer, fault_server_free)

guint16 fault_server_get_port (FaultServer *self);
void fault_server_add (FaultServer *self, const FaultPlan *plan);
guint fault_server_get_n_requests (FaultServer *self);
/** Returns: (transfer none): the request, which no longer changes. */
const FaultRequest *fault_server_get_request (FaultServer *self, guint i);

G_END_DECLS
