#!/usr/bin/python3
"""ICカード更新 with emulated cards under the real pcscd and OpenSC. MODE: "pulled": one reader, the card is taken out at each step,
which can be done again each time; on approval the new card is the registered one. "two": two readers with both cards in."""
import sys
import tempfile

from emulated_cards import PINS, SIGN, VERIFY, call, check_requests, read_table, run
from agency_desk import Desk
from job_steps import enter_pin, fill_form, keys, open_pin, reach_confirmation, reach_menu, register, say, sees_error
from renewal_steps import (AFTER_THE_PIN, CURRENT, IS_CURRENT, MAY_BE_NEW, NEW, apply, back_to_menu, check_confirmation,
                           enter_current_pin, enter_new_pin, open_renewal, press_ok, sees_new_asked)

AS_CURRENT = {'piv': IS_CURRENT, 'jpki': AFTER_THE_PIN}
AS_NEW = {'piv': MAY_BE_NEW, 'jpki': AFTER_THE_PIN}
NO_CARD = say('ICカードが挿入されていません', 'No IC card is inserted')


def register_current(program, cards, agency):
    cards.insert()
    open_pin(program)
    cards.enter_pin(program, 'pin-registration')
    fill_form(program)
    reach_confirmation(program)
    register(program)
    Desk(agency).decide('approve')
    back_to_menu(program)


def pull_while_asked(program, cards, verdict):
    """Before the PIN: the dialog follows what is in the reader."""
    cards.remove()
    program.sees(NO_CARD, 20)
    cards.insert_again()
    program.sees(verdict, 20)


def pull_in_pin_dialog(program, cards):
    """Before the PIN, and in the middle of the login."""
    press_ok(program)
    program.focus_is(id='pin_entry', seconds=30)
    cards.remove()
    program.sees(NO_CARD, 20)
    cards.insert_again()
    program.focus_is(id='pin_entry', seconds=20)
    call('pull-on', 0, VERIFY)
    enter_pin(program, PINS[cards.kind], 'pin-pulled')
    program.sees(NO_CARD, 20)
    sees_error(program, '03001', 'login-pulled', say('抜かれ', 'taken out'))
    cards.insert_again()
    program.focus_is(id='pin_entry', seconds=20)


def pull_during_consent(program, cards):
    """The current card signs its consent as soon as its PIN was right."""
    call('pull-on', 0, SIGN[cards.kind])
    enter_pin(program, PINS[cards.kind], 'pin-consent-pulled')
    sees_error(program, '03001', 'consent-pulled', say('抜かれ', 'taken out'))
    cards.insert_again()
    program.sees(AS_CURRENT[cards.kind], 20)
    enter_current_pin(program, 'pin-consent', PINS[cards.kind])


def pull_on_confirmation(program, cards):
    cards.remove()
    program.sees(say('新しいICカードが使用できなくなりました', 'not in use any more'), 30)
    program.shot('confirmation-pulled')
    cards.insert_again()
    keys(say('alt+u', 'alt+r'))
    sees_new_asked(program)
    enter_new_pin(program, 'pin-after-confirmation', PINS[cards.kind])


def pull_during_signature(program, cards):
    call('pull-on', 0, SIGN[cards.kind])
    keys(say('alt+u', 'alt+r'))
    sees_error(program, '03001', 'signature-pulled', say('抜かれ', 'taken out'))
    cards.insert_again()
    program.sees(AS_NEW[cards.kind], 20)
    enter_new_pin(program, 'pin-after-signature', PINS[cards.kind])


def check_registered(agency, before):
    after = read_table(agency, 'SELECT card_sha256 FROM registrations')
    assert after != before, 'the registered card is still the old one'


def pulled(program, cards, agency):
    reach_menu(program)
    register_current(program, cards, agency)
    before = read_table(agency, 'SELECT card_sha256 FROM registrations')
    open_renewal(program)
    pull_while_asked(program, cards, AS_CURRENT[cards.kind])
    pull_in_pin_dialog(program, cards)
    pull_during_consent(program, cards)
    cards.swap(NEW)
    program.sees(AS_NEW[cards.kind], 30)
    program.shot('new-in')
    pull_while_asked(program, cards, AS_NEW[cards.kind])
    pull_in_pin_dialog(program, cards)
    enter_pin(program, PINS[cards.kind], 'pin-new')
    program.focus_is(id='scroller', seconds=60)
    check_confirmation(program)
    pull_on_confirmation(program, cards)
    pull_during_signature(program, cards)
    apply(program)
    Desk(agency).decide('approve')
    back_to_menu(program)
    check_registered(agency, before)


def two(program, cards, agency):
    reach_menu(program)
    register_current(program, cards, agency)
    before = read_table(agency, 'SELECT card_sha256 FROM registrations')
    cards.insert(NEW, 2)
    open_renewal(program)
    program.sees(AS_CURRENT[cards.kind], 30)
    program.shot('two-cards')
    enter_current_pin(program, 'pin-current', PINS[cards.kind])
    program.sees(AS_NEW[cards.kind], 30)
    enter_new_pin(program, 'pin-new', PINS[cards.kind])
    check_confirmation(program)
    apply(program)
    Desk(agency).decide('approve')
    back_to_menu(program)
    check_registered(agency, before)


def renewal(program, cards, agency):
    {'pulled': pulled, 'two': two}[sys.argv[1]](program, cards, agency)
    with tempfile.TemporaryDirectory() as folder:
        check_requests(agency, folder, 2)


if __name__ == '__main__':
    sys.exit(run(renewal, sys.argv[2]))
