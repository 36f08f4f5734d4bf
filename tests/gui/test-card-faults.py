#!/usr/bin/python3
"""Readers, cards and PINs that are not as they should be. Each time it is said what is wrong and whether a try was used up, the
focus is on the next thing to do, no try is taken without the user's word, and what was typed stays."""
import sys

from card_steps import (CURRENT, NEW, change_card, close_panel, insert_card, open_panel, put_card_in,
                        see_tries, take_card_out, tries_left)
from job_steps import (PIN, STATE, check_form, confirm_form, enter_pin, fill_form, has, keys, open_pin, reach_confirmation,
                       reach_menu, register, run, sees_error, text_of, type_text, wait)

WRONG = '654321'


def takes_no_pin(program):
    wait(lambda: not has(program.find(id='pin_entry'), STATE.SENSITIVE), 10, 'no PIN without a card')
    wait(lambda: not has(program.find(id='ok_button'), STATE.SENSITIVE), 10, 'nothing to press OK for')


def no_card(program):
    """The card appears in the open dialog when it is put in."""
    take_card_out(program, 'panel')
    open_pin(program)
    program.sees('ICカードが挿入されていません')
    takes_no_pin(program)
    program.focus_is(id='practice_button')
    program.shot('no-card')
    open_panel(program)
    insert_card(program, CURRENT)
    program.shot('panel-over-the-dialog')
    close_panel(program)
    program.focus_is(id='pin_entry')
    program.sees(CURRENT)


def not_sent(program, folder):
    """Nothing, and too little: the card is not asked, which is said once."""
    program.focus_is(id='pin_entry')
    keys('Return')
    sees_error(program, '10025', 'pin-empty')
    program.focus_is(id='pin_entry')
    enter_pin(program, '12', 'pin-short-typed')
    sees_error(program, '03002', 'pin-short', '送っていない')
    program.focus_is(id='pin_entry')
    assert not program.look(id='notice'), 'said twice'
    see_tries(folder, 3)


def wrong(program, folder, left, name):
    enter_pin(program, WRONG, name + '-typed')
    sees_error(program, '03002', name, 'PIN')
    see_tries(folder, left)


def last_try(program, folder):
    """Without the user's word nothing goes to the card."""
    wrong(program, folder, 2, 'pin-wrong')
    program.focus_is(id='pin_entry')
    assert text_of(program.find(id='pin_entry')) == ''
    wrong(program, folder, 1, 'pin-wrong-again')
    program.focus_is(id='consent_button')
    program.sees('あと1回')
    program.shot('last-try')
    keys('Tab')
    program.focus_is(id='pin_entry')
    type_text(PIN)
    keys('Return')
    assert not has(program.find(id='ok_button'), STATE.SENSITIVE)
    assert tries_left(folder) == 1
    keys('alt+u')
    program.focus_is(id='pin_entry')


def back_to_menu(program):
    program.focus_is(id='contact_name_entry', seconds=30)
    keys('Escape')
    open_pin(program)


def lock(program, folder):
    """The card is locked with the user's word; it explains itself then and when one comes back."""
    wrong(program, folder, 2, 'wrong-1')
    wrong(program, folder, 1, 'wrong-2')
    program.focus_is(id='consent_button')
    keys('space')
    enter_pin(program, WRONG, 'last-wrong')
    program.sees('ICカードが閉塞しています', 30)
    sees_error(program, '03002', 'locked')
    takes_no_pin(program)
    # Whoever presses Enter once more stays to read it.
    program.focus_is(id='practice_button')
    assert not program.look(id='notice'), 'said twice'
    keys('Escape')
    program.gone(id='pin_entry')
    open_pin(program)
    sees_error(program, '03002', 'locked-again', 'ICカードが閉塞しています')
    takes_no_pin(program)
    program.focus_is(id='practice_button')


def other_card(program):
    change_card(program, NEW)
    program.focus_is(id='pin_entry')
    program.sees(NEW)
    assert not program.look(id='notice')
    enter_pin(program)


def pulled_on_the_form(program):
    take_card_out(program)
    program.sees('入力内容は保持されています')
    program.shot('pulled-on-form')
    put_card_in(program, NEW)
    check_form(program)
    confirm_form(program)
    enter_pin(program, name='pin-again')
    program.focus_is(id='scroller', seconds=30)


def pulled_on_the_confirmation(program):
    take_card_out(program)
    program.shot('pulled-on-confirmation')
    keys('alt+r')
    program.sees('ICカードが挿入されていません')
    put_card_in(program, NEW)
    enter_pin(program, name='pin-once-more')
    program.gone(id='pin_entry', seconds=30)
    program.focus_is(id='scroller')


def faults(program, folder):
    reach_menu(program)
    no_card(program)
    not_sent(program, folder)
    last_try(program, folder)
    enter_pin(program)
    back_to_menu(program)
    lock(program, folder)
    other_card(program)
    fill_form(program)
    pulled_on_the_form(program)
    pulled_on_the_confirmation(program)
    register(program)


if __name__ == '__main__':
    sys.exit(run(faults))
