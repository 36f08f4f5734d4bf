#!/usr/bin/python3
"""At work: the session ends while the form is filled in. The password is asked for over the confirmation, a wrong one is told
there, and the application goes out without a second PIN; on the menu likewise."""
import contextlib
import os
import sqlite3
import sys

from at_work import run
from job_steps import (PASSWORD, choose_category, enter_pin, fill_form, focus_on_menu, keys, open_pin, reach_confirmation, read_number,
                       say, sees_error, sign_in, type_text, wait_for_time)


def count_submissions(agency):
    path = os.path.join(agency.folder, 'service.db')
    with contextlib.closing(sqlite3.connect('file:%s?mode=ro' % path, uri=True)) as database:
        return database.execute('SELECT count(*) FROM submissions').fetchone()[0]


def give_password(program, password, name):
    program.focus_is(id='password_entry', seconds=30)
    type_text(password)
    program.shot(name)
    keys('Return')


def session_over(program, agency):
    choose_category(program)
    wait_for_time(program)
    sign_in(program)
    open_pin(program)
    enter_pin(program)
    fill_form(program)
    reach_confirmation(program)
    agency.restart('session-expired@/v1/nonce')
    keys('alt+r')
    give_password(program, 'Wrong-01', 'session-over')
    sees_error(program, '30002', 'session-over-wrong')
    assert count_submissions(agency) == 0
    give_password(program, PASSWORD, 'session-over-again')
    read_number(program)
    assert count_submissions(agency) == 1

    agency.restart('session-expired@/v1/applications')
    keys('Escape')
    give_password(program, PASSWORD, 'session-over-menu')
    focus_on_menu(program, 'refresh_button')
    program.sees(say('登録', 'Registration'))
    program.shot('menu-again')


if __name__ == '__main__':
    sys.exit(run(session_over))
