#!/usr/bin/python3
"""An emulated card is taken out at each step of the main job, under the real pcscd and OpenSC, and its reader is unplugged. Each
time the step is over, that is said, the form is as it was, and the same step can be done again with the card back in. KIND: piv,
jpki."""
import sys
import tempfile

from emulated_cards import PINS, SIGN, VERIFY, call, check_requests, run
from job_steps import (STATE, check_form, confirm_form, enter_pin, fill_form, has, keys, open_pin, reach_menu, read_number, say,
                       sees_error, text_of, type_text, wait)


def sees_no_card(program):
    program.sees(say('ICカードが挿入されていません', 'No IC card is inserted'), 20)
    wait(lambda: not has(program.find(id='ok_button'), STATE.SENSITIVE), 10, 'nothing to press OK for')


def back_in(program, cards):
    cards.insert_again()
    program.focus_is(id='pin_entry', seconds=20)


def sees_removal(program, name):
    """Not that something is broken; and it stays until the card is back."""
    sees_no_card(program)
    sees_error(program, '03001', name, say('取り出され|抜かれ|取り外され', 'removed|taken out'))


def before_the_pin(program, cards):
    open_pin(program)
    cards.insert()
    program.focus_is(id='pin_entry', seconds=20)
    cards.remove()
    sees_no_card(program)
    program.shot('before-the-pin')
    back_in(program, cards)


def while_typing(program, cards):
    """What was typed is for that card alone, so it is gone."""
    type_text(PINS[cards.kind][:3])
    cards.remove()
    sees_no_card(program)
    back_in(program, cards)
    assert text_of(program.find(id='pin_entry')) == ''


def unplug(program):
    call('reader', 'remove', 0)
    program.sees(say('リーダーが接続されていません', 'No card reader is connected'), 20)


def plug_in(program):
    call('reader', 'add', 0)
    program.focus_is(id='pin_entry', seconds=20)


def unplugged_while_typing(program, cards):
    type_text(PINS[cards.kind][:3])
    unplug(program)
    program.shot('unplugged')
    plug_in(program)
    assert text_of(program.find(id='pin_entry')) == ''


def during_the_login(program, cards):
    call('pull-on', 0, VERIFY)
    enter_pin(program, PINS[cards.kind], 'pin-pulled')
    sees_removal(program, 'during-the-login')
    back_in(program, cards)
    enter_pin(program, PINS[cards.kind])


def on_the_form(program, cards):
    cards.remove()
    program.sees(say('入力内容は保持されています', 'What you typed is kept'), 20)
    program.shot('on-the-form')
    check_form(program)
    confirm_form(program)
    sees_no_card(program)
    back_in(program, cards)
    enter_pin(program, PINS[cards.kind], 'pin-after-form')
    program.focus_is(id='scroller', seconds=30)


def unplugged_on_the_form(program, cards):
    """The reader with the unlocked card in it."""
    call('reader', 'remove', 0)
    program.sees(say('入力内容は保持されています', 'What you typed is kept'), 20)
    check_form(program)
    confirm_form(program)
    program.sees(say('リーダーが接続されていません', 'No card reader is connected'), 20)
    plug_in(program)
    enter_pin(program, PINS[cards.kind], 'pin-after-plugging-in')
    program.focus_is(id='scroller', seconds=30)
    keys('Escape')
    program.focus_is(id='contact_name_entry', seconds=30)


def on_the_confirmation(program, cards):
    cards.remove()
    program.sees(say('使用できなくなりました|取り出されました|抜かれました', 'not in use any more'), 20)
    program.shot('on-the-confirmation')
    keys('alt+r')
    sees_no_card(program)
    back_in(program, cards)
    enter_pin(program, PINS[cards.kind], 'pin-after-confirmation')
    program.focus_is(id='scroller', seconds=30)


def during_the_signature(program, cards):
    """The dialog asks for the card again by itself."""
    call('pull-on', 0, SIGN[cards.kind])
    keys('alt+r')
    sees_removal(program, 'during-the-signature')
    back_in(program, cards)
    enter_pin(program, PINS[cards.kind], 'pin-after-signature')
    program.focus_is(id='scroller', seconds=30)


def job(program, cards, agency):
    reach_menu(program)
    before_the_pin(program, cards)
    while_typing(program, cards)
    unplugged_while_typing(program, cards)
    during_the_login(program, cards)
    fill_form(program)
    unplugged_on_the_form(program, cards)
    on_the_form(program, cards)
    on_the_confirmation(program, cards)
    during_the_signature(program, cards)
    keys('alt+r')
    read_number(program)
    with tempfile.TemporaryDirectory() as folder:
        check_requests(agency, folder, 1)


if __name__ == '__main__':
    sys.exit(run(job, sys.argv[1]))
