#!/usr/bin/python3
"""The main job in a real window, with the keyboard alone: from the category to the reception number and the PDF.

Run inside tests/headless --wm. TOUROKU_BUILD_DIR names the build folder; screenshots go to TOUROKU_TEST_SHOTS.
With --as-bench it does the job and nothing else.
"""
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import Program, keys, text_of, type_text, wait

BUILD = os.environ['TOUROKU_BUILD_DIR']
SHOTS = os.environ.get('TOUROKU_TEST_SHOTS')
CONTACT = [('contact_name_entry', '総務部'), ('contact_postal_code_entry', '111-1111'),
           ('contact_address_entry', '宮城県仙台市青葉区99-99'), ('contact_person_entry', '業者 一郎'),
           ('contact_phone_entry', '022-000-1000'), ('contact_fax_entry', '03-0000-0000')]


def choose_category(program):
    program.focus_is(id='construction_radio', seconds=30)
    program.shot('category')
    keys('alt+r')


def wait_for_time(program):
    """The process menu takes no input until the service's time is shown; the first start makes the practice cards."""
    program.find(id='proceed_button', seconds=90)
    program.sees(r'20\d\d', 30)
    program.focus_is(id='proceed_button', seconds=30)
    program.shot('process-menu')
    keys('Return')


def sign_in(program):
    program.focus_is(id='user_id_entry')
    type_text('bidder01')
    keys('Tab')
    program.focus_is(id='password_entry')
    type_text('Practice-01')
    program.shot('sign-in')
    keys('Return')


def enter_pin(program):
    program.focus_is(id='register_button', seconds=30)
    program.shot('menu')
    keys('alt+r')
    program.focus_is(id='pin_entry', seconds=30)
    type_text('123456')
    program.shot('pin')
    keys('Return')


def fill_form(program):
    for identifier, text in CONTACT:
        program.focus_is(id=identifier, seconds=30)
        if identifier == CONTACT[0][0]:
            program.shot('form-empty')
        program.replace_text(text)
        wait(lambda: text_of(program.focused()) == text, 10, 'typed %s' % text)
        keys('Tab')
        if identifier == 'contact_fax_entry':
            break
    program.shot('form-filled')
    program.press(program.find(id='confirm_button'))


def submit(program):
    program.find(id='register_button', seconds=20)
    program.sees('桜川建設株式会社')
    program.sees('桜川 一郎')
    # Not the button: whoever presses Enter twice on the form must not have sent it off unread.
    program.focus_is(id='scroller')
    program.shot('confirm')
    keys('End')
    for _, text in CONTACT:
        program.sees(re.escape(text))
    program.shot('confirm-end')
    keys('alt+r')
    number = text_of(program.find(id='number_label', seconds=60))
    program.shot('complete')
    return number


def save_pdf(program, folder):
    path = os.path.join(folder, 'record.pdf')
    program.press(program.find(id='save_button'))
    program.find(role='file chooser', seconds=20)
    keys('ctrl+a')
    type_text(path)
    program.shot('save')
    keys('Return')
    wait(lambda: os.path.exists(path) and os.path.getsize(path) > 0, 20, 'the PDF')
    subprocess.run(['pdftotext', '-layout', path], check=True)
    if SHOTS:
        subprocess.run(['pdftoppm', '-png', '-r', '80', path, os.path.join(SHOTS, 'record')], check=True)
    return open(path[:-4] + '.txt', encoding='utf-8').read().replace('\u3000', ' ')


def check_pdf(text, number):
    for wanted in ['桜川建設株式会社', '桜川 一郎', '総務部', '宮城県仙台市青葉区99-99', '業者 一郎', number]:
        if wanted not in text:
            raise AssertionError('the PDF lacks %r:\n%s' % (wanted, text))


def main():
    with tempfile.TemporaryDirectory() as folder:
        program = Program([BUILD + '/src/app/touroku', '--practice', '--practice-folder', folder + '/practice'], SHOTS)
        try:
            choose_category(program)
            wait_for_time(program)
            sign_in(program)
            enter_pin(program)
            fill_form(program)
            number = submit(program)
            if '--as-bench' not in sys.argv:
                check_pdf(save_pdf(program, folder), number)
            status = program.close()
        except BaseException:
            program.shot('failure')
            program.process.kill()
            raise
        print('reception number %s, exit status %s' % (number, status))
        return status


if __name__ == '__main__':
    sys.exit(main())
