#!/usr/bin/python3
"""連絡先変更 (manual 3) in a real window, with the keyboard alone and through the real practice service: not registered yet,
then registered and approved; nothing changed, a wrong field, a change, and one after newer qualification data.

Run inside tests/headless --wm. TOUROKU_BUILD_DIR names the build folder; screenshots go to TOUROKU_TEST_SHOTS.
"""
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import job_steps as job
from agency_desk import Desk
from at_work import run
from driver import STATE, keys, text_of, wait

UPDATED = '最新の資格審査情報で更新します。' if job.JAPANESE else 'Updated with the newest qualification data.'
UNCHANGED = '変更する項目がありません' if job.JAPANESE else 'nothing to change'
NO_REVIEW = '審査は行われません' if job.JAPANESE else 'no review'
MOVED_TO = '宮城県仙台市青葉区本町8-88-8'


def register(program, desk):
    """From 変更 of someone who is not registered: explained, and on to the registration."""
    keys('alt+c')
    program.focus_is(id='notice_button', seconds=30)
    program.shot('not-registered')
    keys('alt+g')
    program.find(id='pin_entry', seconds=30)
    job.enter_pin(program)
    job.fill_form(program)
    job.reach_confirmation(program)
    job.register(program)
    desk.decide('approve')
    back_to_menu(program)


def back_to_menu(program):
    keys('alt+m')
    job.focus_on_menu(program, 'change_button')


def open_form(program, name):
    keys('alt+c')
    program.find(id='pin_entry', seconds=30)
    job.enter_pin(program, name=name + '-pin')
    program.focus_is(id='company_phone_entry', seconds=30)
    program.sees(UPDATED)
    program.shot(name)


def type_over(program, identifier, text, key):
    """Into a field that is reached by its own key."""
    keys('alt+' + key)
    program.focus_is(id=identifier)
    program.replace_text(text)


def check_filled(program, expected):
    for identifier, text in expected:
        wait(lambda: text_of(program.find(id=identifier, state=STATE.VISIBLE)) == text, 10,
             '%s is filled with %r' % (identifier, text))


def refuse_nothing(program):
    job.confirm_form(program)
    program.sees(UNCHANGED, 20)
    program.focus_is(id='company_phone_entry')
    program.shot('unchanged')


def make_mistakes(program):
    """A wrong field gets the cursor, nothing is lost, and FAX なし is one press away."""
    type_over(program, 'contact_name_entry', '契約課', 'n')
    type_over(program, 'company_fax_entry', 'none', 'u')
    job.confirm_form(program)
    program.focus_is(id='company_fax_entry')
    program.shot('fault')
    keys('alt+o')
    check_filled(program, [('company_fax_entry', '03-0000-0000'), ('contact_name_entry', '契約課')])


def confirm(program, name, *texts):
    job.confirm_form(program)
    program.focus_is(id='scroller', seconds=20)
    program.find(id='change_list')
    for text in texts:
        program.sees(text)
    program.shot(name)
    keys('End')
    program.shot(name + '-end')


def submit(program):
    keys('alt+c')
    number = job.read_number(program)
    program.sees(NO_REVIEW)
    return number


def save_pdf(program, folder, number):
    path = job.save_file(program, 'save_button', os.path.join(folder, 'change.pdf'))
    text = subprocess.run(['pdftotext', '-layout', path, '-'], check=True, capture_output=True, text=True).stdout
    for wanted in ['7370001009300', '契約課', '022-999-8888', number]:
        if wanted not in text:
            raise AssertionError('the PDF lacks %r:\n%s' % (wanted, text))


def walk(program, agency):
    desk = Desk(agency)
    job.reach_menu(program)
    register(program, desk)

    open_form(program, 'form')
    check_filled(program, [('company_phone_entry', '022-000-1000'), ('company_fax_entry', '022-000-1001')] + job.CONTACT)
    refuse_nothing(program)
    make_mistakes(program)
    type_over(program, 'company_phone_entry', '022-999-8888', 'm')
    confirm(program, 'confirm', '022-000-1000', '022-999-8888', '総務部', '契約課')
    number = submit(program)
    save_pdf(program, os.path.dirname(agency.folder), number)
    back_to_menu(program)

    desk.renew_qualification()
    open_form(program, 'form-again')
    check_filled(program, [('company_phone_entry', '022-999-8888'), ('contact_name_entry', '契約課')])
    program.sees(MOVED_TO)
    confirm(program, 'confirm-newer', MOVED_TO, '桜川 七海')
    submit(program)


if __name__ == '__main__':
    sys.exit(run(walk))
