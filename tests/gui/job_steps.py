"""The steps of the main job that the tests share, and how a test is run. Texts are found by id, or by pattern in the
language of the test."""
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from driver import PATIENCE, Program, has, keys, plain, STATE, name_of, text_of, type_text, wait  # noqa: E402

BUILD = os.environ.get('TOUROKU_BUILD_DIR')
SHOTS = os.environ.get('TOUROKU_TEST_SHOTS')
JAPANESE = os.environ.get('TOUROKU_TEST_LANGUAGE', 'ja') == 'ja'
# Where Touroku is installed; without it the build folder is tested.
PREFIX = os.environ.get('TOUROKU_TEST_PREFIX')
TOUROKU = PREFIX + '/bin/touroku' if PREFIX else BUILD + '/src/app/touroku'
SERVICE = PREFIX + '/bin/touroku-practice-service' if PREFIX else BUILD + '/src/practice/touroku-practice-service'

USER_ID, PASSWORD, PIN = 'bidder01', 'Practice-01', '123456'
CONTACT = [('contact_name_entry', '総務部'), ('contact_postal_code_entry', '111-1111'),
           ('contact_address_entry', '宮城県仙台市青葉区99-99'), ('contact_person_entry', '業者 一郎'),
           ('contact_phone_entry', '022-000-1000'), ('contact_fax_entry', '03-0000-0000')]


def say(japanese, english):
    return japanese if JAPANESE else english


def practise(folder, shots=True):
    """The program in practice, with its practice folder in FOLDER."""
    return Program([TOUROKU, '--practice', '--practice-folder', folder + '/practice'], SHOTS if shots else None)


def run(test, start=practise):
    """Runs TEST with a program that is closed, or ended after a failure, in the end. Gives the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        program = start(folder)
        try:
            test(program, folder)
            return program.close()
        except BaseException:
            program.shot('failure')
            program.process.kill()
            raise


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


def type_credentials(program, user_id, password):
    """From the user ID on; what stands there is typed over."""
    program.focus_is(id='user_id_entry')
    program.replace_text(user_id)
    keys('Tab')
    program.focus_is(id='password_entry')
    program.replace_text(password)


def focus_on_menu(program, id='register_button'):
    """Waits for the registration menu. What it proposes depends on what was applied for: ID."""
    program.focus_is(id=id, seconds=30)


def sign_in(program):
    type_credentials(program, USER_ID, PASSWORD)
    program.shot('sign-in')
    keys('Return')
    focus_on_menu(program)
    program.shot('menu')


def reach_menu(program):
    choose_category(program)
    wait_for_time(program)
    sign_in(program)


def open_pin(program):
    program.find(id='register_button', seconds=30)
    keys('alt+r')
    program.find(id='pin_entry', seconds=30)


def enter_pin(program, pin=PIN, name='pin'):
    program.focus_is(id='pin_entry', seconds=30)
    type_text(pin)
    program.shot(name)
    keys('Return')


def fill_form(program, contact=CONTACT):
    for identifier, text in contact:
        program.focus_is(id=identifier, seconds=30)
        if identifier == CONTACT[0][0]:
            program.shot('form-empty')
        program.replace_text(text)
        wait(lambda: text_of(program.find_focused()) == text, 10, 'typed %s' % text)
        if identifier != CONTACT[-1][0]:
            keys('Tab')
    program.shot('form-filled')


def check_form(program, contact=CONTACT):
    """Nothing that was typed is lost."""
    for identifier, text in contact:
        seen = text_of(program.find(id=identifier, state=STATE.VISIBLE))
        if seen != text:
            raise AssertionError('%s: %r is now %r' % (identifier, text, seen))


def confirm_form(program):
    keys('alt+i')


def reach_confirmation(program):
    """From the form on."""
    confirm_form(program)
    # Not the button: whoever presses Enter twice on the form must not have sent it off unread.
    program.focus_is(id='scroller', seconds=20)
    program.shot('confirm')


def read_confirmation(program):
    program.sees('桜川建設株式会社')
    program.sees('桜川 一郎')
    keys('End')
    for _, text in CONTACT:
        program.sees(re.escape(text))
    program.shot('confirm-end')


def register(program):
    """登録 on the confirmation page; gives the reception number."""
    keys('alt+r')
    return read_number(program)


def read_number(program):
    number = text_of(program.find(id='number_label', seconds=60))
    program.shot('complete')
    if not re.fullmatch(r'\d{8}-\d{6}', number):
        raise AssertionError('no reception number: %r' % number)
    return number


def has_chooser_focus(program):
    node = program.focused()
    while node is not None and node.get_role_name() != 'file chooser':
        node = node.get_parent()
    return node is not None


def reach_chooser(program):
    """It can be seen before it gets what is typed."""
    wait(lambda: has_chooser_focus(program), 30, 'the focus in the file chooser')


def save_file(program, button, path, shot=None):
    """Presses a button that asks where to save, and answers with PATH. What is there is whole."""
    program.press(program.find(id=button, state=STATE.SENSITIVE))
    reach_chooser(program)
    keys('ctrl+a')
    type_text(path)
    if shot:
        program.shot(shot)
    keys('Return')
    wait(lambda: os.path.exists(path), 20, path)
    program.gone(role='file chooser')
    return path


def choose_file(program, path):
    """In GTK's file chooser: "/" begins a path."""
    reach_chooser(program)
    type_text(path)
    program.shot('chooser')
    keys('Return')
    program.gone(role='file chooser', seconds=20)


def read_pdf(path):
    """Its text."""
    subprocess.run(['pdftotext', '-layout', path], check=True)
    with open(path[:-4] + '.txt', encoding='utf-8') as file:
        return file.read()


def sees_error(program, code, name, pattern=None, seconds=30):
    """An error with this code, and with this explanation where PATTERN is given."""
    wait(lambda: code in text_of(program.look(id='error_code_label') or program.node), seconds,
         lambda: 'error %s; there is: %s' % (code, ' | '.join(program.texts())[:2000]))
    if pattern is not None:
        cause = text_of(program.find(id='error_cause_label', state=STATE.VISIBLE))
        if not re.search(pattern, cause):
            raise AssertionError('%s is explained by %r, not %r' % (code, cause, pattern))
    program.shot(name)


def close_error(program):
    """The dialog form of an error: OK has the focus, or what offers to mend it."""
    program.focus_is(id='error_ok_button')
    keys('Return')
    program.gone(id='error_ok_button')
