#!/usr/bin/python3
"""What became of an application, in a real window: asked for by hand and by itself, with a desktop notification.

Run inside tests/headless --wm. TOUROKU_BUILD_DIR names the build folder; screenshots go to TOUROKU_TEST_SHOTS.
"""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import job_steps as job
from agency_desk import Desk
from at_work import run
from driver import keys, wait
from notifications import Notifications

APPROVED = '承認' if job.JAPANESE else 'Approved'
UNDER_REVIEW = '確認中' if job.JAPANESE else 'Under review'
DENIED = '否認' if job.JAPANESE else 'Denied'


def apply(program):
    job.open_pin(program)
    job.enter_pin(program)
    job.fill_form(program)
    job.reach_confirmation(program)
    number = job.register(program)
    keys('alt+m')
    job.focus_on_menu(program, 'refresh_button')
    return number


def sees_notice(notices, n, result, *words):
    title, body = wait(lambda: len(notices.received) >= n and notices.received[n - 1], 60, 'notification %d' % n)
    if result not in title or not all(word in body for word in words):
        raise AssertionError('notification %d says %r, %r' % (n, title, body))


def follow(program, desk, notices):
    number = apply(program)
    desk.decide('start-review')
    keys('alt+f')
    program.sees(UNDER_REVIEW, 30)
    program.shot('under-review')
    sees_notice(notices, 1, UNDER_REVIEW, number)
    # Nobody asks now.
    desk.decide('deny', '連絡先住所が確認できません。')
    program.sees('連絡先住所が確認できません。', 60)
    program.shot('denied')
    sees_notice(notices, 2, DENIED, number)
    if '連絡先' in notices.received[1][1]:
        raise AssertionError('the reason stands where others may see it')


def again(program, desk, notices):
    """A second application beside the denied one, approved at once."""
    number = apply(program)
    desk.decide('approve')
    keys('alt+f')
    program.sees(APPROVED, 30)
    program.shot('approved')
    sees_notice(notices, 3, APPROVED, number)


def walk(program, agency):
    notices, desk = Notifications(), Desk(agency)
    job.reach_menu(program)
    follow(program, desk, notices)
    again(program, desk, notices)


if __name__ == '__main__':
    sys.exit(run(walk))
