/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-practice-ca.h"

G_BEGIN_DECLS

/**
 * card_files_write:
 * @ca: issues the certificates
 * @folder: exists; gets a folder for each of the practice cards (tou-practice-cast.h), named by its id
 *
 * Writes what an emulated card is made of (emulator/): signature.der and authentication.der (X.509),
 * authority.der, signature.key and authentication.key (PKCS#1, RSA). The signature certificate is that of the
 * practice card, with another key; the authentication certificate is one for encryption alone, so that one is
 * fit to sign with. One more, "small", has as little in its certificate as can be. Ends the program when it
 * fails.
 */
void card_files_write (TouPracticeCa *ca, const char *folder, gint64 now_us);

G_END_DECLS
