#!/usr/bin/python3
"""At work: the program is killed between sending and the answer, or closed while the result is not known, and started again:
the service is asked at the sign-in, and the records say what really became of it."""
import contextlib
import glob
import os
import signal
import sqlite3
import sys
import tempfile

from at_work import Agency, forget_agencies, open_program
from job_steps import (choose_category, enter_pin, fill_form, focus_on_menu, keys, open_pin, reach_confirmation, sign_in,
                       type_credentials, wait, wait_for_time, PASSWORD, USER_ID)


def ask(path, question):
    with contextlib.closing(sqlite3.connect('file:%s?mode=ro' % path, uri=True)) as database:
        return database.execute(question).fetchall()


def read_records():
    store, = glob.glob(os.path.join(os.environ['XDG_DATA_HOME'], 'touroku', 'records.db'))
    return ask(store, 'SELECT s.id, s.state, s.given_up, r.reception_number FROM submission AS s'
                      ' LEFT JOIN receipt AS r ON r.submission_id = s.id ORDER BY s.signed_at_us')


def read_service(agency):
    return ask(os.path.join(agency.folder, 'service.db'), 'SELECT submission_id, reception_number FROM submissions')


def reach_end(program):
    choose_category(program)
    wait_for_time(program)
    sign_in(program)
    open_pin(program)
    enter_pin(program)
    fill_form(program)
    reach_confirmation(program)


def come_back(program):
    """To the menu, where it is said what became of it; before that, that it is not known."""
    choose_category(program)
    program.find(id='proceed_button', seconds=90)
    program.sees('%s.*結果が確認できていません|結果が確認できていません.*%s' % (USER_ID, USER_ID), 30)
    program.shot('waiting')
    program.focus_is(id='proceed_button', seconds=30)
    keys('Return')
    type_credentials(program, USER_ID, PASSWORD)
    keys('Return')


def kill(program):
    program.process.send_signal(signal.SIGKILL)
    program.process.wait(20)


def killed(folder, agency):
    """The service has it, and its answer is on its way when the program dies."""
    program = open_program(folder, agency.write_profile(os.path.join(folder, 'profile')))
    reach_end(program)
    agency.restart('slow=60000@/v1/applications')
    keys('alt+r')
    wait(lambda: read_service(agency), 60, 'the application at the service')
    kill(program)
    (submission, state, _, number), = read_records()
    assert (state, number) == ('sent', None), (state, number)
    agency.restart()
    program = open_program(folder)
    come_back(program)
    focus_on_menu(program, 'refresh_button')
    (accepted, number), = read_service(agency)
    program.sees('受け付けられていました.*' + number, 30)
    program.has_no_text('入力した内容が保存されています')
    program.shot('received')
    assert accepted == submission
    assert read_records() == [(submission, 'accepted', 0, number)], read_records()
    keys('alt+r')
    program.sees('すでに申請')
    program.shot('asked')
    assert program.close() == 0


def closed(folder, agency):
    """Its answer is lost, and the window is closed before anyone asked: it says what that means."""
    program = open_program(folder, agency.write_profile(os.path.join(folder, 'profile')))
    reach_end(program)
    agency.restart('drop-answer@/v1/applications')
    keys('alt+r')
    program.focus_is(id='ask_button', seconds=60)
    keys('ctrl+q')
    program.focus_is(id='wait_button')
    program.sees('次回ログインしたときに')
    program.shot('quit')
    keys('alt+q')
    program.process.wait(60)
    program = open_program(folder)
    come_back(program)
    (accepted, number), = read_service(agency)
    program.sees('受け付けられていました.*' + number, 30)
    assert [row[1:] for row in read_records() if row[0] == accepted] == [('accepted', 0, number)], read_records()
    assert program.close() == 0


def run(test):
    with tempfile.TemporaryDirectory() as folder:
        agency = Agency(folder)
        agency.start()
        try:
            test(folder, agency)
        finally:
            agency.stop()


if __name__ == '__main__':
    run(killed)
    forget_agencies()
    run(closed)
    sys.exit(0)
