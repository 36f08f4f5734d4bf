#!/usr/bin/python3
"""What goes wrong on the way, in one sitting: each time a message with its code, the cursor where one goes on, and nothing
typed lost; the job ends with a reception number all the same."""
import sys

from job_steps import (PASSWORD, confirm_form, enter_pin, fill_form, has, keys, put_card_back,
                       reach_confirmation, register, run, sees_error, STATE, take_card_out, text_of,
                       type_credentials, type_text, wait, wait_for_time, choose_category)


def wrong_password(program):
    type_credentials(program, 'bidder01', 'wrong')
    keys('Return')
    sees_error(program, '30002', 'wrong-password')
    program.focus_is(id='password_entry')
    assert text_of(program.find(id='user_id_entry')) == 'bidder01'
    assert text_of(program.find(id='password_entry')) == ''
    type_text(PASSWORD)
    keys('Return')
    program.focus_is(id='register_button', seconds=30)


def no_card(program):
    """The dialog says that there is none, and the card appears in it when it is put in."""
    take_card_out(program, 'panel')
    keys('alt+r')
    program.find(id='card_status')
    wait(lambda: not has(program.find(id='pin_entry'), STATE.SENSITIVE), 10, 'no PIN without a card')
    program.shot('no-card')
    program.press(program.find(id='practice_button'))
    program.find(id='reader_insert_button')
    program.press(program.find(id='reader_insert_button'))
    program.find(id='reader_remove_button')
    keys('Escape')
    program.gone(id='readers_box')
    wait(lambda: has(program.find(id='pin_entry'), STATE.SENSITIVE), 10, 'the card in the dialog')
    program.shot('card-in')


def pin_faults(program):
    program.focus_is(id='pin_entry')
    keys('Return')
    sees_error(program, '10025', 'pin-empty')
    program.focus_is(id='pin_entry')
    enter_pin(program, '654321', 'pin-typed')
    sees_error(program, '03002', 'pin-wrong', 'PIN')
    program.focus_is(id='pin_entry')
    assert text_of(program.find(id='pin_entry')) == ''


def form_faults(program):
    program.focus_is(id='contact_name_entry', seconds=30)
    type_text('㈱練習')
    program.find(id='substitute_button')
    program.shot('bad-character')
    program.press(program.find(id='substitute_button'))
    wait(lambda: text_of(program.find(id='contact_name_entry')) == '株式会社練習', 5, 'the substitute')
    confirm_form(program)
    program.focus_is(id='contact_postal_code_entry')
    program.shot('form-faults')
    assert text_of(program.find(id='contact_name_entry')) == '株式会社練習'
    program.tab_to('contact_name_entry')


def card_pulled(program):
    """After the confirmation page is there: said so, the form is kept, the PIN again, and on."""
    take_card_out(program)
    put_card_back(program)
    program.shot('card-pulled')
    keys('alt+r')
    enter_pin(program, name='pin-again')
    program.gone(id='pin_entry', seconds=30)
    program.focus_is(id='scroller')


def faults(program, folder):
    choose_category(program)
    wait_for_time(program)
    wrong_password(program)
    no_card(program)
    pin_faults(program)
    enter_pin(program)
    form_faults(program)
    fill_form(program)
    reach_confirmation(program)
    card_pulled(program)
    register(program)


if __name__ == '__main__':
    sys.exit(run(faults))
