/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-practice-control.h"
#include "tou-flows.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** TouPageId: the screens (design section 3; manual chapter by chapter). */
typedef enum {
    TOU_PAGE_CATEGORY,         /* 調達機関/業務選択 */
    TOU_PAGE_PROCESS_MENU,     /* 処理選択メニュー */
    TOU_PAGE_SIGN_IN,          /* ID/パスワード認証 */
    TOU_PAGE_MENU,             /* 利用者登録メニュー */
    TOU_PAGE_FORM,             /* 利用者登録 */
    TOU_PAGE_CONFIRM,          /* 登録内容確認 */
    TOU_PAGE_COMPLETE,         /* 処理完了 */
    TOU_PAGE_CHANGE_FORM,      /* 利用者変更 */
    TOU_PAGE_CHANGE_CONFIRM,   /* 変更内容確認 */
    TOU_PAGE_CHANGE_COMPLETE,  /* 処理完了 */
    TOU_PAGE_RENEWAL_CONFIRM,  /* 電子証明書更新確認 */
    TOU_PAGE_RENEWAL_COMPLETE, /* 処理完了 */
} TouPageId;
#define TOU_N_PAGES (TOU_PAGE_RENEWAL_COMPLETE + 1)

/**
 * TouPage:
 *
 * One screen. The window knows nothing else of it. A page is a GtkBox built from a template; what it works
 * with comes as the construct-only properties "flows" (%NULL on the first page) and "operation"
 * (#TouOperation, -1 on pages that serve none): one class can serve several operations, each with a page of
 * its own.
 *
 * Signals: "go" (TouPageId page): please show another page. "soon" (TouPageId page): that one is probably
 * next, so that it can be built while nothing else is to do. "error" (GError *error, nullable): a failure to
 * be shown in the form that the error catalogue gives; the page itself has already put the focus where it
 * belongs; %NULL: what was shown on the page is settled (a new attempt began).
 */
#define TOU_TYPE_PAGE (tou_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (TouPage, tou_page, TOU, PAGE, GtkBox)

struct _TouPageClass {
    GtkBoxClass parent_class;

    /** shown: the page is on screen from now on: refresh, and put the focus on its first field. */
    void (*shown) (TouPage *self);
    /** hidden: another page is shown: cancel what runs, wipe secrets. */
    void (*hidden) (TouPage *self);
    /** go_back: 戻る (Alt+Left, Escape); what is under way is stopped first. Returns: whether there was
     * anything to stop, or somewhere to go. */
    gboolean (*go_back) (TouPage *self);
};

/** tou_page_get_flows: Returns: (transfer none) */
TouFlows *tou_page_get_flows (TouPage *self);
TouSessionFlow *tou_page_get_session_flow (TouPage *self);

/** tou_page_get_request_flow: Returns: (transfer none): the flow of the page's operation. */
TouRequestFlow *tou_page_get_request_flow (TouPage *self);
/** tou_page_get_operation: of a page that serves one. */
TouOperation tou_page_get_operation (TouPage *self);

void tou_page_shown (TouPage *self);
void tou_page_hidden (TouPage *self);
gboolean tou_page_go_back (TouPage *self);

/** tou_page_get_cancellable: Returns: (transfer none): for calls whose result only this page wants; cancelled
 * when it is hidden or disposed, fresh when it is shown again. */
GCancellable *tou_page_get_cancellable (TouPage *self);

/** For the page's own use. */
void tou_page_go (TouPage *self, TouPageId page);
/** tou_page_go_soon: @page is probably next: has it built meanwhile, if it is not yet. */
void tou_page_go_soon (TouPage *self, TouPageId page);
/** tou_page_go_on: shows the page of the class @type for this page's operation. */
void tou_page_go_on (TouPage *self, GType type);
/** tou_page_report: @error: (nullable): %NULL takes the last one off the page. */
void tou_page_report (TouPage *self, const GError *error);

G_END_DECLS
