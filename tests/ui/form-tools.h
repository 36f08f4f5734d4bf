/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-pin-dialog.h"
#include "ui-tools.h"

G_BEGIN_DECLS

/** form_certificate_new: a certificate as an accepted card has it; @company: on the card. */
TouCardCertificate *form_certificate_new (char hash_digit, const char *company, const char *holder);

/** form_profile_new: of an authority called "Example CA"; @telephone: (nullable); @characters: (nullable): as
 * the key of a card profile. */
TouCardProfile *form_profile_new (const char *telephone, const char *characters);

/** form_token_new: @certificate: (transfer full) (nullable): %NULL: it hides what it has. */
TouCardToken *
form_token_new (const char *reader, const char *label, TouPinState state, TouCardCertificate *certificate);

/** form_put_tokens: these are in the readers now, and nothing else; each (transfer full), up to %NULL. */
void form_put_tokens (UiBench *bench, TouCardToken *first, ...) G_GNUC_NULL_TERMINATED;

/** form_put_reader: one reader with nothing that can be chosen; @name: (nullable): not even a reader. */
void form_put_reader (UiBench *bench, const char *name, TouReaderState state);

/** form_open_dialog: from the start to 登録 on the registration menu. */
void form_open_dialog (UiBench *bench);

/** form_find_dialog: Returns: (transfer none) (nullable): the PIN dialog on screen. */
GtkWidget *form_find_dialog (void);

/** form_find_radio: the radio button of a choice by what a screen reader calls it. Returns: (transfer none)
 * (nullable) */
GtkWidget *form_find_radio (const char *name);

/** form_get_radio: the same; there must be one. */
GtkWidget *form_get_radio (const char *name);

/** form_read: the text of a label. */
const char *form_read (const char *id);

/** form_get: the widget @id in the dialog; there must be one. */
GtkWidget *form_get (const char *id);

/** form_is_shown: whether it can be seen. */
gboolean form_is_shown (const char *id);

/** form_answer: a person presses the dialog's button, if it can be pressed. */
void form_answer (int response);

/** form_type_pin: into the dialog. */
void form_type_pin (const char *pin);

/** form_assert_mnemonics: no key is answered to by two things of @window that can be seen. */
void form_assert_mnemonics (GtkWidget *window);

/** form_fill: a right form, and on to the confirmation. */
void form_fill (UiBench *bench);

/** form_go: from the start to the form, or on to the confirmation with a right form. */
void form_go (UiBench *bench, TouPageId page);

G_END_DECLS
