#!/usr/bin/python3
"""The fields of the form in a real window, typed in Japanese through an input method (tests/input-method): what it
composes is never touched, what cannot be sent is marked, replaced and taken back, with the keyboard
and the mouse.

Run inside tests/headless --wm. TOUROKU_BUILD_DIR names the build folder; screenshots go to TOUROKU_TEST_SHOTS.
"""
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import job_steps as job
from driver import Atspi, Program, STATE, keys, text_of, type_text, wait


def start(folder):
    environment = {'GTK_IM_MODULE': 'touroku-composing',
                   'GTK_IM_MODULE_FILE': job.BUILD + '/tests/input-method/immodules.cache'}
    return Program([job.TOUROKU, '--practice', '--practice-folder', folder + '/practice'], job.SHOTS, environment)


def field_is(program, identifier, text):
    wait(lambda: text_of(program.find(id=identifier, state=STATE.VISIBLE)) == text, 10, '%s: %r' % (identifier, text))


def turn_on():
    keys('ctrl+space')


def convert(letters, times=1):
    keys(*letters, *['space'] * times)


def compose_name(program):
    """Return enters the word and does not go on with the form; F10 and Escape are the input method's."""
    program.focus_is(id='contact_name_entry', seconds=30)
    turn_on()
    convert('soumubu')
    program.shot('composing')
    field_is(program, 'contact_name_entry', '')
    keys('Return')
    field_is(program, 'contact_name_entry', '総務部')
    convert('kabu')
    keys('F10', 'Return')
    field_is(program, 'contact_name_entry', '総務部kabu')
    keys(*['BackSpace'] * 4)
    convert('kabu')
    keys('Escape')
    field_is(program, 'contact_name_entry', '総務部')
    program.focus_is(id='contact_name_entry')


def click(node):
    box = node.get_component_iface().get_extents(Atspi.CoordType.SCREEN)
    subprocess.run(['xdotool', 'mousemove', str(box.x + box.width // 2), str(box.y + box.height // 2), 'click', '1'],
                   check=True)


def click_while_composing(program):
    """By mouse too; an input method drops or enters its word when the focus leaves, so it must not."""
    convert('kabu')
    click(program.find(id='confirm_button'))
    program.sees('変換中')
    field_is(program, 'contact_name_entry', '総務部')
    keys('Escape')
    program.focus_is(id='contact_name_entry')


def confirm_while_composing(program):
    """入力内容確認 in the middle of a word: it would be missing on the next page."""
    convert('kabu', 2)
    job.confirm_form(program)
    program.sees('変換中')
    program.shot('confirm-while-composing')
    program.focus_is(id='contact_name_entry')
    keys('Return')
    field_is(program, 'contact_name_entry', '総務部㈱')
    program.sees('「㈱」は使用できません')
    program.shot('marked')


def substitute(program):
    keys('Tab')
    program.focus_is(id='substitute_button')
    keys('space')
    field_is(program, 'contact_name_entry', '総務部株式会社')
    program.focus_is(id='contact_name_entry')
    program.shot('replaced')
    keys('ctrl+z')
    field_is(program, 'contact_name_entry', '総務部㈱')
    keys('Tab')
    program.focus_is(id='substitute_button')
    keys('space')
    field_is(program, 'contact_name_entry', '総務部株式会社')


def go_to(program, identifier):
    program.tab_to(identifier)


def name_needs_consent(program):
    go_to(program, 'contact_person_entry')
    turn_on()
    convert('takahashi', 2)
    keys('Return')
    field_is(program, 'contact_person_entry', '髙橋')
    program.sees('差し支えなければ')
    program.shot('variant')
    # From elsewhere: the focus comes with the answer.
    go_to(program, 'contact_phone_entry')
    job.confirm_form(program)
    program.focus_is(id='contact_person_entry')
    program.sees('修正が必要な項目が3件')
    field_is(program, 'contact_person_entry', '髙橋')
    keys('Tab')
    program.focus_is(id='substitute_button')
    keys('space')
    field_is(program, 'contact_person_entry', '高橋')


def full_width_digits(program):
    go_to(program, 'contact_phone_entry')
    turn_on()
    for _ in range(10):
        convert('0')
        keys('Return')
    field_is(program, 'contact_phone_entry', '０' * 10)
    keys('Tab')
    field_is(program, 'contact_phone_entry', '0' * 10)
    program.sees('変換しました')
    program.shot('half-width')


def test(program, folder):
    job.reach_menu(program)
    job.open_pin(program)
    job.enter_pin(program)
    compose_name(program)
    click_while_composing(program)
    confirm_while_composing(program)
    substitute(program)
    go_to(program, 'contact_postal_code_entry')
    type_text('1680071')
    go_to(program, 'contact_address_entry')
    type_text('Suginami 3-5-24')
    name_needs_consent(program)
    full_width_digits(program)
    keys('alt+x')
    field_is(program, 'contact_fax_entry', '03-0000-0000')
    program.shot('no-fax')
    job.reach_confirmation(program)
    keys('End')
    for text in ['総務部株式会社', '高橋', '0000000000', '03-0000-0000']:
        program.sees(text)


if __name__ == '__main__':
    sys.exit(job.run(test, start))
