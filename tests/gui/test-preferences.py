#!/usr/bin/python3
"""The preferences: card software that works, that is gone, that is no module, that crashes; switched off, taken out, chosen as
a file; and what is said where there is none, and in practice."""
import os
import re
import shutil
import sys
import tempfile

from at_work import Agency, CARD_MODULE, open_program
from job_steps import BUILD, JAPANESE, Program, SHOTS, TOUROKU, choose_file, keys, name_of, sees_error, wait

GONE = '/opt/例示/lib/pkcs11/libexample-authority-pkcs11-very-long-name.so.1'
NO_MODULE = BUILD + '/src/app/touroku-backend.so'
CRASHES = BUILD + '/tests/card/test-card-module.so'

WORKS, IS_GONE, IS_NO_MODULE, CRASHED, NOT_USED = (
    ('動作しています', 'ファイルがありません', '読み込めません', '異常終了しました', '使用しません') if JAPANESE else
    ('Works', 'The file is not there', 'Cannot be loaded', 'Crashed', 'Not used'))


def open_preferences(program):
    keys('ctrl+comma')
    program.focus_is(id='preferences_close_button', seconds=30)


def find_row_part(program, id, path):
    """Of the row of a module: rows have their names for users of a screen reader, with the path in them."""
    def look():
        for node in program.walk():
            if node.get_accessible_id() == id and os.path.basename(path) in name_of(node):
                return node
        return None
    return wait(look, 10, '%s of %s' % (id, path))


def sees_states(program):
    for state in (WORKS, IS_GONE, IS_NO_MODULE, CRASHED):
        program.has_text(state, 30)
    program.sees(os.path.basename(CARD_MODULE))
    program.shot('states')


def switches_off(program):
    program.press(find_row_part(program, 'module_switch', CRASHES))
    program.has_text(NOT_USED)
    program.has_no_text(CRASHED)
    program.shot('switched-off')


def removes(program):
    for path in (GONE, NO_MODULE):
        program.press(find_row_part(program, 'module_remove_button', path))
    find_row_part(program, 'module_remove_button', CRASHES).get_component_iface().grab_focus()
    keys('space')
    program.focus_is(id='module_add_button')
    program.has_no_text(re.escape(os.path.basename(GONE)))
    program.shot('removed')


def adds(program, folder):
    text = os.path.join(folder, 'text.so')
    with open(text, 'w', encoding='utf-8') as file:
        file.write('no module\n')
    keys('Return')
    choose_file(program, text)
    sees_error(program, '10002', 'no-module')
    keys('alt+a')
    choose_file(program, CARD_MODULE)
    sees_error(program, '10048', 'known')
    keys('alt+l')
    program.gone(id='error_code_label')
    # Beside nothing of the same name: the chooser would offer that.
    copy = os.path.join(folder, 'copy.so')
    shutil.copy(NO_MODULE, copy)
    keys('alt+a')
    choose_file(program, copy)
    program.has_text(IS_NO_MODULE, 30)
    return copy


def finds_none(program, added):
    for path in (added, CARD_MODULE):
        program.press(find_row_part(program, 'module_remove_button', path))
    program.find(id='module_none_label')
    program.shot('none')
    keys('Escape')
    program.gone(id='preferences_close_button')


def see_practice(folder):
    program = Program([TOUROKU, '--practice', '--practice-folder', folder + '/practice'], SHOTS)
    program.n_shots = 50
    program.focus_is(id='construction_radio', seconds=30)
    open_preferences(program)
    program.sees('練習用ICカードだけ' if JAPANESE else 'practice cards alone')
    program.shot('practice')
    keys('Escape')
    program.gone(id='preferences_close_button')
    return program.close()


def main():
    with tempfile.TemporaryDirectory() as folder:
        faults = os.path.join(folder, 'faults')
        with open(faults, 'w', encoding='utf-8') as file:
            file.write('C_Initialize=crash\n')
        os.environ.update(TEST_MODULE_FAULTS=faults, TEST_MODULE_TARGET=CARD_MODULE, TEST_MODULE_LOG=os.path.join(folder, 'log'))
        agency = Agency(folder) # for its cards
        agency.start()
        agency.stop()
        program = open_program(folder, modules=(CARD_MODULE, GONE, NO_MODULE, CRASHES))
        try:
            program.focus_is(id='open_profile_button', seconds=30)
            open_preferences(program)
            sees_states(program)
            switches_off(program)
            removes(program)
            finds_none(program, adds(program, folder))
            return program.close() or see_practice(folder)
        except BaseException:
            program.shot('failure')
            program.process.kill()
            raise


if __name__ == '__main__':
    sys.exit(main())
