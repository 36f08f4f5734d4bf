/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * FakeScript: what the fakes of one test answer, and what they were asked, in one order over all of them.
 * Calls go by words: list unlock sign release | get-info sign-in change-category sign-out get-registration
 * list-applications nonce submit get-submission | put-submission mark-signed mark-sent mark-refused
 * mark-given-up put-receipt list-unsettled read-submission put-draft get-draft delete-draft | check-request
 * check-receipt | check.
 */
#define FAKE_TYPE_SCRIPT (fake_script_get_type ())
G_DECLARE_FINAL_TYPE (FakeScript, fake_script, FAKE, SCRIPT, GObject)

/** FakeAnswer: what a call does when nothing else is scripted: returns through @task. */
typedef void (*FakeAnswer) (GTask *task);

FakeScript *fake_script_new (void);

/** fake_script_fail: @error: (transfer full): what the next such call that has none yet answers. */
void fake_script_fail (FakeScript *self, const char *call, GError *error);

/** fake_script_hold: such calls get no answer until released; a cancel ends them at once, when they take one.
 */
void fake_script_hold (FakeScript *self, const char *call);

/** fake_script_release: answers those held, and no more are held. */
void fake_script_release (FakeScript *self, const char *call);

/** fake_script_is_holding: whether such a call waits. */
gboolean fake_script_is_holding (FakeScript *self, const char *call);

/** fake_script_get_log: Returns: (transfer none): the words of all calls so far, a space between. */
const char *fake_script_get_log (FakeScript *self);
void fake_script_clear_log (FakeScript *self);

/** fake_script_count: Returns: how often such a call is in the log. */
guint fake_script_count (FakeScript *self, const char *call);

/** For the fakes: fake_script_answer: @task: (transfer full): logs the call and answers it as scripted. */
void fake_script_answer (FakeScript *self, const char *call, GTask *task, FakeAnswer answer);

/** For the fakes: fake_script_note: logs a call without a task. Returns: %FALSE with the scripted error. */
gboolean fake_script_note (FakeScript *self, const char *call, GError **error);

/** FakeResult: keeps the result of an asynchronous call; fake_result_wait() turns the main loop until it is
 * there. */
typedef struct {
    GAsyncResult *result;
} FakeResult;

void fake_result_take (GObject *source, GAsyncResult *result, gpointer fake_result);
GAsyncResult *fake_result_wait (FakeResult *self);
void fake_result_clear (FakeResult *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FakeResult, fake_result_clear)

/** fake_turn_main_loop: until nothing is ready any more. */
void fake_turn_main_loop (void);

G_END_DECLS
