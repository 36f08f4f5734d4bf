#!/usr/bin/python3
"""An emulated card's last tries under the real pcscd and OpenSC. KIND: piv, jpki. What the card's flags say is shown before the first
digit, the last try needs the user's word, a locked card is named, and none of it costs a try that the user did not spend."""
import sys

from emulated_cards import PINS, WRONG_PINS, call, run
from job_steps import (STATE, check_form, enter_pin, fill_form, has, keys, open_pin, reach_menu, say, sees_error, text_of, type_text,
                       wait)

LAST_TRY = say('あと1回', 'last try')
LOCKED = say('ICカードが閉塞しています', 'is locked')


def sees_pins(cards, number):
    wait(lambda: cards.count_pins() == number, 10, '%d PINs at the card' % number)


def spends_all_but_the_last(program, cards):
    program.focus_is(id='pin_entry', seconds=30)
    call('tries', 0, 2)
    enter_pin(program, WRONG_PINS[cards.kind], 'wrong-typed')
    sees_error(program, '03002', 'wrong', 'PIN')
    sees_pins(cards, 1)
    program.sees(LAST_TRY)
    program.focus_is(id='consent_button', seconds=30)
    program.shot('last-try')


def sends_nothing_without_consent(program, cards):
    keys('Tab')
    program.focus_is(id='pin_entry')
    type_text(PINS[cards.kind])
    wait(lambda: text_of(program.find(id='pin_entry')), 10, 'the PIN typed')
    keys('Return')
    assert not has(program.find(id='ok_button'), STATE.SENSITIVE)
    sees_pins(cards, 1)


def asks_again_where_it_comes_back(program, cards):
    """What the card has left is asked of the card, and the user's word was for then."""
    cards.remove()
    program.sees(say('ICカードが挿入されていません', 'No IC card is inserted'), 20)
    cards.insert_again()
    program.focus_is(id='consent_button', seconds=30)
    program.sees(LAST_TRY)


def locks(program, cards):
    keys('space')
    program.focus_is(id='pin_entry')
    enter_pin(program, WRONG_PINS[cards.kind], 'last-typed')
    program.sees(LOCKED, 30)
    sees_error(program, '03002', 'locked')
    wait(lambda: not has(program.find(id='pin_entry'), STATE.SENSITIVE), 10, 'no PIN for a locked card')
    sees_pins(cards, 2)


def goes_on_with_another(program, cards):
    cards.remove()
    program.sees(say('ICカードが挿入されていません', 'No IC card is inserted'), 20)
    cards.insert()
    program.focus_is(id='pin_entry', seconds=30)
    program.shot('another-card')
    enter_pin(program, PINS[cards.kind], 'another-typed')
    fill_form(program)
    check_form(program)


def tries(program, cards, _agency):
    reach_menu(program)
    cards.insert()
    open_pin(program)
    call('clear', 0)
    spends_all_but_the_last(program, cards)
    sends_nothing_without_consent(program, cards)
    asks_again_where_it_comes_back(program, cards)
    locks(program, cards)
    goes_on_with_another(program, cards)


if __name__ == '__main__':
    sys.exit(run(tries, sys.argv[1]))
