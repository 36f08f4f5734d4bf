#!/usr/bin/python3
"""ICカード更新 (manual 4), by keyboard alone. MODE: "approve": one reader, the cards are swapped in it, every card that will not do
on the way; on approval the new card works and the old one is refused. "deny": two readers with both cards in; the answer of the
review is no, and the old card still is the registered one. "impossible": nothing is registered; the registered card has expired."""
import contextlib
import os
import sqlite3
import sys

from job_steps import (PIN, STATE, enter_pin, fill_form, focus_on_menu, keys, reach_confirmation, reach_menu, read_pdf, register, run,
                       save_file, say, sees_error, text_of, wait)
from practice_steps import Practice
from renewal_steps import (CURRENT, NAMES, NEW, apply, back_to_menu, check_confirmation, enter_current_pin, enter_new_pin,
                           open_renewal, press_ok, sees_history, sees_new_asked)

NOT_REGISTERED = say('現在登録されているICカードではありません', 'not the card that is registered')


def register_current(program, practice):
    """The company's first registration, approved, so that there is a card to be renewed."""
    keys('alt+r')
    enter_pin(program)
    fill_form(program)
    reach_confirmation(program)
    register(program)
    practice.desk.decide('approve')
    back_to_menu(program)


def refuses(program, practice, cards, verdict, code, cause, name):
    """With CARDS in the readers: the dialog says so at once, OK explains it with its code, and stays."""
    practice.put_in(*cards)
    program.sees(verdict, 30)
    press_ok(program)
    sees_error(program, code, name, cause)
    program.focus_is(id='ok_button')


def refuse_current_cards(program, practice):
    refuses(program, practice, [None], say('挿入されていません', 'No IC card'), '03001', None, 'none')
    refuses(program, practice, [NEW], NOT_REGISTERED, '30001', say('新しいICカードの場合', 'new card'), 'wrong-order')


def refuse_new_cards(program, practice):
    """As soon as it is another card's turn."""
    press_ok(program)
    sees_error(program, '30005', 'same-card', say('現在のICカードのまま', 'still the current card'))
    refuses(program, practice, ['tsubakihara'], say('他社', 'another company'), '30005', say('企業名称', 'company name'),
            'other-company')
    refuses(program, practice, ['sakuragawa-expired'], say('有効期限が切れています', 'It has expired'), '01006', None, 'expired')
    refuses(program, practice, ['sakuragawa-future'], say('まだ始まっていません', 'not valid yet'), '01007', None, 'not-yet-valid')


def refuse_revoked(program, practice):
    """That it was revoked is known with the revocation list alone, which is looked at when the PIN was right."""
    practice.put_in('sakuragawa-revoked')
    program.sees(say('新しく使用するICカードとして使用できます', 'can be used as the new card'), 30)
    press_ok(program)
    enter_pin(program, PIN, 'pin-revoked')
    sees_error(program, '01014', 'revoked')
    program.focus_is(id='pin_entry')
    keys('Escape')
    sees_new_asked(program)


def get_registered(practice):
    with contextlib.closing(sqlite3.connect('file:%s?mode=ro' % os.path.join(practice.folder, 'service.db'),
                                            uri=True)) as database:
        return database.execute('SELECT card_sha256 FROM registrations').fetchone()[0]


def back_and_again(program, practice):
    """戻る leads to the menu; the renewal begins from the current card again."""
    keys('Escape')
    focus_on_menu(program, 'change_button')
    practice.put_in(CURRENT)
    open_renewal(program)
    enter_current_pin(program, 'pin-current-again')
    practice.put_in(NEW)
    program.sees(say('新しく使用するICカードとして使用できます', 'can be used as the new card'), 30)
    enter_new_pin(program, 'pin-new-again')


def pull_new_card(program, practice):
    """更新 asks for it again, and only for it."""
    practice.put_in(None)
    program.sees(say('新しいICカードが使用できなくなりました', 'not in use any more'), 30)
    program.shot('card-pulled')
    practice.put_in(NEW)
    keys(say('alt+u', 'alt+r'))
    sees_new_asked(program)
    enter_new_pin(program, 'pin-new-pulled')
    check_confirmation(program)


def approve(program, folder):
    practice = Practice(folder)
    reach_menu(program)
    register_current(program, practice)
    before = get_registered(practice)
    program.shot('menu-registered')
    open_renewal(program)
    program.shot('current-asked')
    refuse_current_cards(program, practice)
    practice.put_in(CURRENT)
    program.sees(say('現在使用しているICカードです', 'This is the current card'), 30)
    enter_current_pin(program)
    refuse_new_cards(program, practice)
    refuse_revoked(program, practice)
    practice.put_in(NEW)
    program.sees(say('新しく使用するICカードとして使用できます', 'can be used as the new card'), 30)
    program.shot('new-in')
    enter_new_pin(program)
    check_confirmation(program)
    back_and_again(program, practice)
    pull_new_card(program, practice)
    apply(program)
    practice.desk.decide('approve')
    back_to_menu(program)
    sees_history(program, say('承認', 'Approved'))
    program.shot('approved')
    after = get_registered(practice)
    assert after != before
    # The one that was current is not any more, and the new one is.
    open_renewal(program)
    refuses(program, practice, [CURRENT], NOT_REGISTERED, '30001', None, 'old-card-refused')
    practice.put_in(NEW)
    program.sees(say('現在使用しているICカードです', 'This is the current card'), 30)
    program.shot('new-is-current')
    keys('Escape')
    program.focus_is(id='renew_button', seconds=30)


def deny(program, folder):
    practice = Practice(folder)
    reach_menu(program)
    register_current(program, practice)
    before = get_registered(practice)
    practice.put_in(CURRENT, NEW)
    open_renewal(program)
    program.shot('two-current-asked')
    enter_current_pin(program, 'two-pin-current')
    enter_new_pin(program, 'two-pin-new')
    check_confirmation(program)
    number = apply(program)
    first = read_pdf(save_file(program, 'save_button', folder + '/first.pdf'))
    practice.desk.decide('deny', '添付書類が不足しています')
    back_to_menu(program)
    sees_history(program, say('否認', 'Denied'))
    program.sees('添付書類が不足しています', 30)
    program.shot('denied')
    look_at_record(program, folder, number, first)
    assert get_registered(practice) == before
    open_renewal(program)
    program.sees(say('現在使用しているICカードです', 'This is the current card'), 30)
    enter_current_pin(program, 'still-current')
    keys('Escape')
    program.focus_is(id='renew_button', seconds=30)


def look_at_record(program, folder, number, first):
    """What was applied for stays, with the new card that signed it and the one that consented; FIRST: as it was printed at once."""
    keys('alt+k')
    program.find(id='records_view', seconds=30)
    program.sees(number, 20)
    program.has_text(NAMES[NEW], 20)
    program.has_text(NAMES[CURRENT], 20)
    program.shot('record')
    if read_pdf(save_file(program, 'record_pdf_button', folder + '/later.pdf')) != first:
        raise AssertionError('another page than the completion printed')
    keys('Escape')
    program.gone(id='records_view')
    # The window manager gives the keyboard back a little later.
    focus_on_menu(program, 'change_button')


def expire_registered(practice):
    """The registered card's last day has passed, as the service has it."""
    with contextlib.closing(sqlite3.connect(os.path.join(practice.folder, 'service.db'))) as database, database:
        database.execute('UPDATE registrations SET card_not_after_us = 0')


def impossible(program, folder):
    """Each time the registration is offered, one press away."""
    practice = Practice(folder)
    reach_menu(program)
    keys('alt+i')
    sees_error(program, '30001', 'nothing-registered')
    program.focus_is(id='renewal_register_button', seconds=30)
    keys('Escape')
    program.focus_is(id='renew_button', seconds=30)
    register_current(program, practice)
    expire_registered(practice)
    keys('alt+i')
    sees_error(program, '01006', 'current-expired')
    program.focus_is(id='renewal_register_button', seconds=30)
    assert program.look(id='ok_button') is None
    keys('Return')
    program.find(id='pin_entry', seconds=30)
    enter_pin(program)
    wait(lambda: text_of(program.find(id='contact_name_entry', state=STATE.VISIBLE)) == '総務部', 30, 'the form')
    program.shot('registration-instead')


if __name__ == '__main__':
    sys.exit(run({'approve': approve, 'deny': deny, 'impossible': impossible}[sys.argv[1]]))
