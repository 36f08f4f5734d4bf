#!/usr/bin/python3
"""The agency's people in the practice panel, with the keyboard alone: an application is taken into review, denied for a reason
and, another one, approved; the menu says so. Then newer qualification data.

Run inside tests/headless --wm. TOUROKU_BUILD_DIR names the build folder; screenshots go to TOUROKU_TEST_SHOTS.
"""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import job_steps as job
from card_steps import close_panel, open_panel
from driver import keys
from notifications import Notifications

RECEIVED = '受付' if job.JAPANESE else 'Received'
UNDER_REVIEW = '確認中' if job.JAPANESE else 'Under review'
APPROVED = '承認' if job.JAPANESE else 'Approved'
DENIED = '否認' if job.JAPANESE else 'Denied'
REGISTRATION = '登録' if job.JAPANESE else 'Registration'
MOMENT = r'^20\d\d年\d\d月\d\d日 \d\d時\d\d分$' if job.JAPANESE else r' 20\d\d, \d\d:\d\d$'
NEWER_ADDRESS = '宮城県仙台市青葉区本町8-88-8'
REASON = '企業住所が一致しません。'


def apply(program):
    job.open_pin(program)
    job.enter_pin(program)
    job.fill_form(program)
    job.reach_confirmation(program)
    return job.register(program)


def go_to_menu(program):
    keys('alt+m')
    job.focus_on_menu(program, 'refresh_button')


def open_review(program):
    open_panel(program)
    keys('alt+g')
    program.find(id='qualification_button')


def close_review(program):
    """Leaves the panel at its first part, where the others look for it."""
    keys('alt+c')
    program.find(id='readers_box')
    close_panel(program)


def see_decided(program, number, result):
    program.sees('%s.*%s' % (number, result))


def see_on_menu(program, *words):
    # The panel gives the keyboard back.
    job.focus_on_menu(program, 'refresh_button')
    keys('alt+f')
    for word in words:
        program.sees(word, 30)


def look_from_completion(program, number):
    """The panel is there whatever the window shows; the menu says 受付 until somebody decides."""
    open_review(program)
    program.sees(number)
    close_review(program)
    go_to_menu(program)
    see_on_menu(program, '^%s$' % RECEIVED, '^%s$' % REGISTRATION, MOMENT)


def start_review(program, number):
    open_review(program)
    program.tab_to('review_start_button')
    keys('Return')
    see_decided(program, number, UNDER_REVIEW)
    program.shot('panel-under-review')
    # The button that was used is of no use now; the keyboard is on the application.
    program.focus_is(id='review_row')
    close_review(program)
    see_on_menu(program, UNDER_REVIEW)


def deny(program, number):
    open_review(program)
    keys('alt+r')
    program.focus_is(id='review_reason_entry')
    program.replace_text(REASON)
    keys('alt+d')
    see_decided(program, number, DENIED)
    # None is left to decide about.
    program.find(id='reviews_empty_label')
    program.focus_is(id='review_reason_entry')
    program.shot('panel-denied')
    close_review(program)
    see_on_menu(program, DENIED, REASON)


def approve(program, number):
    """From the menu, with Tab and Enter."""
    open_review(program)
    program.sees(number)
    program.tab_to('review_approve_button')
    name = program.find_focused().get_name()
    if number not in name:
        raise AssertionError('the button does not say what it approves: %r' % name)
    keys('Return')
    see_decided(program, number, APPROVED)
    program.shot('panel-approved')
    close_review(program)
    see_on_menu(program, APPROVED, DENIED)
    program.shot('menu-approved')


def renew_qualification(program):
    """The company has moved: a contact change shows the newer address."""
    open_review(program)
    keys('alt+q')
    program.sees('資格審査情報を最新' if job.JAPANESE else 'newer now')
    close_review(program)
    job.focus_on_menu(program, 'refresh_button')
    keys('alt+c')
    job.enter_pin(program)
    program.find(id='company_phone_entry', seconds=30)
    program.has_text(NEWER_ADDRESS, 30)
    program.shot('newer-address')


def walk(program, folder):
    notices = Notifications()  # somebody has to take what the program tells of the results
    job.reach_menu(program)
    number = apply(program)
    look_from_completion(program, number)
    start_review(program, number)
    deny(program, number)
    number = apply(program)
    go_to_menu(program)
    approve(program, number)
    renew_qualification(program)
    results = [title.split('：')[-1].split(': ')[-1] for title, _ in notices.received]
    if results != [UNDER_REVIEW, DENIED, APPROVED]:
        raise AssertionError('told of %r' % notices.received)


if __name__ == '__main__':
    sys.exit(job.run(walk))
