#!/usr/bin/python3
"""At work: what can happen to an application between 登録 and its receipt. Each time it is said what happened, the form is as
it was, the focus is on the next thing to do, and the service has the application once in the end."""
import contextlib
import os
import sqlite3
import sys

from at_work import forget_agencies, run
from job_steps import (CONTACT, check_form, choose_category, close_error, enter_pin, fill_form, keys, open_pin, reach_confirmation,
                       read_number, sees_error, sign_in, wait_for_time)


def count_submissions(agency):
    """How many applications the service has taken."""
    path = os.path.join(agency.folder, 'service.db')
    with contextlib.closing(sqlite3.connect('file:%s?mode=ro' % path, uri=True)) as database:
        return database.execute('SELECT count(*) FROM submissions').fetchone()[0]


def reach_end(program):
    choose_category(program)
    wait_for_time(program)
    sign_in(program)
    open_pin(program)
    enter_pin(program)
    fill_form(program)
    reach_confirmation(program)


def check_kept(program):
    """Back on the form, all is as it was typed; and forward again."""
    keys('Escape')
    program.focus_is(id=CONTACT[0][0], seconds=30)
    check_form(program)
    reach_confirmation(program)


def fails(program, code, name, pattern):
    keys('alt+r')
    sees_error(program, code, name, pattern, 60)
    close_error(program)
    program.focus_is(id='scroller')
    program.shot(name + '-page')
    check_kept(program)


def service_down(program, agency):
    """Nothing was sent, and the same form goes through when the service is back."""
    agency.stop()
    keys('alt+r')
    sees_error(program, '00005', 'down', 'サービスに接続できません', 60)
    close_error(program)
    program.focus_is(id='scroller')
    check_kept(program)


def service_fails(program, agency):
    """It has nothing, the program cannot know. This code's form is on the page, so the focus goes to what is to be done."""
    agency.restart('status-500@/v1/applications')
    keys('alt+r')
    sees_error(program, '40002', 'status-500', 'サービスの処理中に障害', 60)
    program.focus_is(id='ask_button')
    assert count_submissions(agency) == 0


def answer_lost(program, agency, fault, code=None, press='alt+r'):
    """The service has the application, the program cannot know. CODE: where there is an answer, what is said of it."""
    agency.restart(fault + '@/v1/applications')
    keys(press)
    if code is not None:
        sees_error(program, code, fault, seconds=60)
        close_error(program)
    program.focus_is(id='ask_button', seconds=60)
    program.sees('受け付けられている可能性')
    program.shot(fault + '-lost')
    assert count_submissions(agency) == 1


def asks_in_vain(program, name, code, pattern):
    keys('Return')
    sees_error(program, code, name, pattern, 60)
    close_error(program)
    program.focus_is(id='ask_button')


def asks_well(program, agency):
    """It was there, and is not sent a second time."""
    program.focus_is(id='ask_button')
    keys('Return')
    read_number(program)
    assert count_submissions(agency) == 1


def dropped(program, agency):
    reach_end(program)
    service_down(program, agency)
    answer_lost(program, agency, 'drop-answer')
    agency.restart('not-json@/v1/submissions')
    asks_in_vain(program, 'ask-not-json', '10048', '形式')
    agency.restart('too-large@/v1/submissions')
    asks_in_vain(program, 'ask-too-large', '10048', '想定を大きく超える')
    agency.stop()
    asks_in_vain(program, 'ask-down', '00005', 'サービスに接続できません')
    agency.start()
    asks_well(program, agency)


def spoilt(program, agency):
    reach_end(program)
    service_fails(program, agency)
    answer_lost(program, agency, 'not-json', '10048', 'Return')
    agency.restart()
    asks_well(program, agency)


if __name__ == '__main__':
    sys.exit(run(dropped) or forget_agencies() or run(spoilt))
