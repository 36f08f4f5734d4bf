#!/usr/bin/python3
"""While a submission is on its way the desktop is asked not to end the session and not to suspend; not before, and not after,
whether it went well or not."""
import sys

from at_work import run
from driver import wait
from job_steps import (choose_category, enter_pin, fill_form, keys, open_pin, reach_confirmation, sign_in, wait_for_time)
from session_manager import LOGOUT, SUSPEND, SessionManager


def sends(manager, key):
    """It may be held and let go again between two looks."""
    before = len(manager.asked)
    keys(key)
    wait(lambda: len(manager.asked) > before, 60, 'the session is held')
    application, reason, flags = manager.asked[-1]
    assert application == 'io.github.touroku.Touroku', application
    assert reason == '申請データを送信しています。', reason
    assert flags == LOGOUT | SUSPEND, flags


def walk(program, agency):
    manager = SessionManager()
    choose_category(program)
    wait_for_time(program)
    sign_in(program)
    open_pin(program)
    enter_pin(program)
    fill_form(program)
    reach_confirmation(program)
    assert not manager.asked, 'held before anything was sent'
    agency.restart('status-500@/v1/applications')
    sends(manager, 'alt+r')
    program.focus_is(id='ask_button', seconds=60)
    wait(lambda: not manager.held, 10, 'the session is let go where the user is to decide')
    agency.restart()
    before = len(manager.asked)
    sends(manager, 'Return')
    program.focus_is(id='print_button', seconds=60)
    wait(lambda: not manager.held, 10, 'the session is let go when all is done')
    assert len(manager.asked) == before + 1, 'held %d times for one submission' % (len(manager.asked) - before)


if __name__ == '__main__':
    sys.exit(run(walk))
