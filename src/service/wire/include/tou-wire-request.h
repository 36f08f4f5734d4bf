/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-domain.h"
#include "tou-signed-file.h"
#include "tou-wire.h"

G_BEGIN_DECLS

/** tou_wire_write_request: docs/signed-request.md, sections 2 and 3. A card renewal is written with its
 * authorization and without a contact, the others the other way round. Returns: (transfer full): what is to
 * be signed */
GBytes *tou_wire_write_request (const TouRequest *request) G_GNUC_WARN_UNUSED_RESULT;

/**
 * tou_wire_read_request:
 *
 * Everything of section 2 and the object that the operation needs must be there: company with vendor_number
 * and name, and contact or authorization. The texts inside a contact may be missing (%NULL): that is for the
 * field rules to say (section 4, last line). Whether audience, category, nonce and hashes are the right ones
 * is for the caller.
 *
 * Errors: TOU_WIRE_ERROR. Returns: (transfer full) (nullable)
 */
TouRequest *tou_wire_read_request (GBytes *json, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_wire_write_authorization: section 3, card renewal: what the current card signs. Returns: (transfer
 * full)
 */
GBytes *tou_wire_write_authorization (const TouAuthorization *authorization);

/** tou_wire_read_authorization: @json: the content of an authorization's CMS. Everything must be there;
 * whether it is the right one, and in time, is for the caller. Errors: TOU_WIRE_ERROR. Returns: (transfer
 * full) (nullable) */
TouAuthorization *tou_wire_read_authorization (GBytes *json, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_wire_write_receipt: section 5: what the service signs. Needs submission_id, request_sha256,
 * reception_number and accepted_at_us. Returns: (transfer full) */
GBytes *tou_wire_write_receipt (const TouReceipt *receipt, const char *audience, TouOperation operation,
                                TouCategory category) G_GNUC_WARN_UNUSED_RESULT;

/** tou_wire_read_receipt: @json: the content of a receipt's CMS, whose signature the caller has checked. What
 * audience, operation and category say is bound by request_sha256; they must be there, and are not returned.
 * Errors: TOU_WIRE_ERROR. Returns: (transfer full) (nullable): the receipt, with cms left %NULL */
TouReceipt *tou_wire_read_receipt (GBytes *json, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_wire_read_signed: @json: the content of any signed request, authorization or receipt, whose signature
 * the caller has checked. Fills kind, said_at_us, audience, operation, category, submission_id, and request
 * or receipt (without cms) of @file. Errors: TOU_WIRE_ERROR: INVALID: of no format that is known. Returns:
 * whether it is one */
gboolean tou_wire_read_signed (GBytes *json, TouSignedFile *file, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
