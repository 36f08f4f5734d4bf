#!/usr/bin/python3
"""The service refuses a card: 30005 for another company's, 30006, 30007 and 30008 as the service gives them. Each is explained
on the page; one step leads on, with the form as it was typed; and nothing of it stays once the application was taken."""
import os
import sys
import tempfile

from at_work import Agency, open_program
from card_steps import CURRENT, OTHER_COMPANY, change_card
from job_steps import (CONTACT, check_form, choose_category, enter_pin, fill_form, keys, open_pin, reach_confirmation,
                       reach_menu, register, run, sees_error, sign_in, wait_for_time)


def check_kept(program):
    keys('Escape')
    program.focus_is(id=CONTACT[0][0], seconds=30)
    check_form(program)
    reach_confirmation(program)


def refused(program, code, pattern):
    """On the page, above what was to be sent; 登録 can be pressed again at once."""
    keys('alt+r')
    sees_error(program, code, code, pattern)
    program.focus_is(id='scroller')
    program.find(id='submit_button')


def other_company(program, folder):
    """The message goes when the right card was put in and its PIN was right."""
    reach_menu(program)
    change_card(program, OTHER_COMPANY)
    open_pin(program)
    enter_pin(program)
    fill_form(program)
    reach_confirmation(program)
    refused(program, '30005', '企業と異なります')
    change_card(program, CURRENT)
    program.shot('card-changed')
    keys('alt+r')
    enter_pin(program, name='pin-of-the-right-card')
    program.gone(id='pin_entry', seconds=30)
    program.focus_is(id='scroller')
    assert not program.look(id='error_code_label'), 'the old message is still there'
    program.shot('right-card')
    check_kept(program)
    register(program)


def refused_by_the_service(program, agency):
    """What the client could not know: the service has the word."""
    choose_category(program)
    wait_for_time(program)
    sign_in(program)
    open_pin(program)
    enter_pin(program)
    fill_form(program)
    reach_confirmation(program)
    # Each once, in this order; not before, as the menu asks the same path for the history.
    agency.restart(*('unknown-code=%s@/v1/applications' % code for code in ('30006', '30007', '30008')))
    refused(program, '30006', '失効')
    check_kept(program)
    assert not program.look(id='error_code_label'), 'the old message is still there'
    refused(program, '30007', '有効期')
    refused(program, '30008', '有効期')
    check_kept(program)
    register(program)


def run_at_work(test):
    with tempfile.TemporaryDirectory() as folder:
        agency = Agency(folder)
        agency.start()
        program = open_program(folder, agency.write_profile(os.path.join(folder, 'profile')))
        try:
            test(program, agency)
            return program.close()
        except BaseException:
            program.shot('failure')
            program.process.kill()
            raise
        finally:
            agency.stop()


if __name__ == '__main__':
    sys.exit(run(other_company) or run_at_work(refused_by_the_service))
