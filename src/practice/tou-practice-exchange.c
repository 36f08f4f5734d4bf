/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-practice"

#include "tou-practice-exchange.h"

#include "tou-wire-problem.h"

#include <string.h>

#define BEARER "Bearer "

TouPracticeAnswer *
tou_practice_answer_new (guint status)
{
    TouPracticeAnswer *self = g_new0 (TouPracticeAnswer, 1);

    self->status = status;
    self->headers = g_ptr_array_new_with_free_func (g_free);
    return self;
}

TouPracticeAnswer *
tou_practice_answer_new_json (guint status, GBytes *json)
{
    TouPracticeAnswer *self = tou_practice_answer_new (status);

    self->content_type = "application/json";
    self->body = json;
    return self;
}

TouPracticeAnswer *
tou_practice_answer_new_problem (const char *name, const char *detail, const char *field)
{
    g_autoptr (TouWireProblem) problem = tou_wire_problem_new (name, detail);
    TouPracticeAnswer *self;

    problem->field = g_strdup (field);
    self = tou_practice_answer_new_json (problem->status, tou_wire_write_problem (problem));
    self->content_type = "application/problem+json";
    if (problem->status == 401)
        tou_practice_answer_set_header (self, "WWW-Authenticate", "Bearer realm=\"touroku\"");
    return self;
}

void
tou_practice_answer_free (TouPracticeAnswer *self)
{
    if (self->body != NULL) {
        gsize size;
        gpointer data = g_bytes_unref_to_data (g_steal_pointer (&self->body), &size);

        explicit_bzero (data, size);
        g_free (data);
    }
    g_ptr_array_unref (self->headers);
    g_free (self);
}

void
tou_practice_answer_set_header (TouPracticeAnswer *self, const char *name, const char *value)
{
    g_ptr_array_add (self->headers, g_strdup (name));
    g_ptr_array_add (self->headers, g_strdup (value));
}

const char *
tou_practice_answer_get_header (const TouPracticeAnswer *self, const char *name)
{
    for (guint i = 0; i + 1 < self->headers->len; i += 2)
        if (g_ascii_strcasecmp (g_ptr_array_index (self->headers, i), name) == 0)
            return g_ptr_array_index (self->headers, i + 1);
    return NULL;
}

gboolean
tou_practice_call_has_type (const TouPracticeCall *self, const char *media_type)
{
    gsize size = strlen (media_type);

    return self->content_type != NULL && g_ascii_strncasecmp (self->content_type, media_type, size) == 0
           && strchr ("; \t", self->content_type[size]) != NULL;
}

const char *
tou_practice_call_get_token (const TouPracticeCall *self)
{
    if (self->authorization == NULL
        || g_ascii_strncasecmp (self->authorization, BEARER, strlen (BEARER)) != 0)
        return NULL;
    return self->authorization + strlen (BEARER);
}
