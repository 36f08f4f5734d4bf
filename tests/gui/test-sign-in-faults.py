#!/usr/bin/python3
"""Faults in what is typed, at the sign-in and in the form: each is said beside its field or with its code, the cursor is in the
field, nothing typed is lost, and the right thing goes through afterwards."""
import sys

from job_steps import (PASSWORD, USER_ID, check_form, choose_category, confirm_form, enter_pin, fill_form, keys, open_pin,
                       reach_confirmation, run, sees_error, text_of, type_credentials, type_text, wait, wait_for_time)


def sees(program, **texts):
    """The fields as they should be."""
    for identifier, text in texts.items():
        seen = text_of(program.find(id=identifier))
        if seen != text:
            raise AssertionError('%s: %r, not %r' % (identifier, seen, text))


def empty_fields(program):
    program.focus_is(id='user_id_entry')
    keys('alt+n')
    program.find(id='user_id_fault')
    program.find(id='password_fault')
    program.focus_is(id='user_id_entry')
    program.shot('empty')
    type_text(USER_ID)
    program.gone(id='user_id_fault')
    keys('alt+n')
    program.focus_is(id='password_entry')
    program.find(id='password_fault')
    sees(program, user_id_entry=USER_ID)


def bad_user_id(program):
    """Not one that there can be: the service is not asked."""
    type_credentials(program, '入札', PASSWORD)
    keys('Return')
    program.find(id='user_id_fault')
    program.focus_is(id='user_id_entry')
    sees(program, user_id_entry='入札')
    program.shot('bad-user-id')
    assert not program.look(id='error_code_label')


def refused(program, user_id, password, name):
    type_credentials(program, user_id, password)
    keys('Return')
    sees_error(program, '30002', name)
    program.focus_is(id='password_entry')
    sees(program, user_id_entry=user_id, password_entry='')


def signs_in(program):
    keys('shift+Tab')
    type_credentials(program, USER_ID, PASSWORD)
    keys('Return')
    program.focus_is(id='register_button', seconds=30)
    assert not program.look(id='error_code_label'), 'the old message is still there'


def bad_form(program):
    program.focus_is(id='contact_name_entry', seconds=30)
    type_text('㈱練習')
    program.find(id='substitute_button')
    program.shot('bad-character')
    program.press(program.find(id='substitute_button'))
    wait(lambda: text_of(program.find(id='contact_name_entry')) == '株式会社練習', 5, 'the substitute')
    confirm_form(program)
    program.focus_is(id='contact_postal_code_entry')
    program.shot('form-faults')
    sees(program, contact_name_entry='株式会社練習')
    type_text('111-111')
    keys('Tab')  # what has the focus already does not tell when the form was looked at
    program.focus_is(id='contact_address_entry')
    confirm_form(program)
    program.sees('数字7桁')
    program.focus_is(id='contact_postal_code_entry')
    sees(program, contact_postal_code_entry='111-111')


def faults(program, folder):
    choose_category(program)
    wait_for_time(program)
    empty_fields(program)
    keys('shift+Tab')
    bad_user_id(program)
    refused(program, USER_ID, 'wrong', 'wrong-password')
    keys('shift+Tab')
    refused(program, 'nobody', PASSWORD, 'wrong-user')
    signs_in(program)
    open_pin(program)
    enter_pin(program)
    bad_form(program)
    program.tab_to('contact_name_entry')
    fill_form(program)
    reach_confirmation(program)
    keys('Escape')
    program.focus_is(id='contact_name_entry')
    check_form(program)


if __name__ == '__main__':
    sys.exit(run(faults))
