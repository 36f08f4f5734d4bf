/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-card.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/** TouModuleError: why a file cannot be added as a card module. */
#define TOU_MODULE_ERROR (tou_module_error_quark ())
GQuark tou_module_error_quark (void);
typedef enum {
    TOU_MODULE_ERROR_NOT_READABLE,  /* or no file on this computer */
    TOU_MODULE_ERROR_NO_LIBRARY,    /* no shared library */
    TOU_MODULE_ERROR_OTHER_MACHINE, /* a shared library for another kind of processor, 32 bit for one */
    TOU_MODULE_ERROR_KNOWN,         /* it is in the list */
    TOU_MODULE_ERROR_LOCKED,        /* the list is not the user's to change */
} TouModuleError;

/** TouModuleSource: who says that there is such a module. */
typedef enum {
    TOU_MODULE_SOURCE_USER,    /* chosen as a file */
    TOU_MODULE_SOURCE_P11_KIT, /* p11-kit's configuration (pkcs11.conf(5)) */
    TOU_MODULE_SOURCE_PLACE,   /* found where card software puts it */
} TouModuleSource;

/** TouModuleChange: what a person may do to the list, unless whoever runs the computer has locked it. */
typedef enum {
    TOU_MODULE_CHANGE_CHOICE, /* add and remove files */
    TOU_MODULE_CHANGE_USE,    /* switch modules on and off */
} TouModuleChange;

/** TouModuleEntry: one PKCS#11 module that could be used. */
typedef struct {
    char *path; /* absolute; what tells entries apart */
    TouModuleSource source;
    gboolean is_used;
    TouModuleState state; /* as of the last look; NOT_ASKED when it is not used */
} TouModuleEntry;

/**
 * TouCardModules:
 *
 * The card modules there are, and which of them the user wants. Main thread; disks are read in a thread.
 *
 * Signals: "changed": the entries are others.
 */
#define TOU_TYPE_CARD_MODULES (tou_card_modules_get_type ())
G_DECLARE_INTERFACE (TouCardModules, tou_card_modules, TOU, CARD_MODULES, GObject)

struct _TouCardModulesInterface {
    GTypeInterface parent;

    GPtrArray *(*get_entries) (TouCardModules *self);
    void (*set_used) (TouCardModules *self, const char *path, gboolean is_used);
    void (*add_async) (TouCardModules *self, GFile *file, GAsyncReadyCallback callback, gpointer user_data);
    gboolean (*add_finish) (TouCardModules *self, GAsyncResult *result, GError **error);
    void (*remove) (TouCardModules *self, const char *path);
    void (*look_again) (TouCardModules *self);
    gboolean (*is_looking) (TouCardModules *self);
    gboolean (*may_change) (TouCardModules *self, TouModuleChange change);
};

/** tou_card_modules_get_entries: Returns: (transfer none) (element-type TouModuleEntry): valid until
 * "changed" */
GPtrArray *tou_card_modules_get_entries (TouCardModules *self);

/** tou_card_modules_may_change: Returns: whether @change is the user's to make. Of one that is not the calls
 * below do nothing. */
gboolean tou_card_modules_may_change (TouCardModules *self, TouModuleChange change);

/** tou_card_modules_set_used: @path: of an entry. A module that is not used is never loaded; a card that it
 * had unlocked is lost. Kept for the next start. */
void tou_card_modules_set_used (TouCardModules *self, const char *path, gboolean is_used);

/** tou_card_modules_add_async: looks at @file and takes it into the list, in use. It is not loaded here: that
 * is done by the card agent alone. */
void tou_card_modules_add_async (TouCardModules *self, GFile *file, GAsyncReadyCallback callback,
                                 gpointer user_data);

/** tou_card_modules_add_finish: Errors: TOU_MODULE_ERROR */
gboolean tou_card_modules_add_finish (TouCardModules *self, GAsyncResult *result,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_card_modules_remove: @path: of an entry that was chosen as a file; the file stays. */
void tou_card_modules_remove (TouCardModules *self, const char *path);

/** tou_card_modules_look_again: searches again, and asks all that are used how they do, also those that
 * failed; "changed" when it begins and as news come. While a step with a card is under way the states stay
 * as they are. */
void tou_card_modules_look_again (TouCardModules *self);

/** tou_card_modules_is_looking: Returns: whether a look is under way */
gboolean tou_card_modules_is_looking (TouCardModules *self);

G_END_DECLS
