#!/usr/bin/python3
"""The main job through card modules of other makers. MODULE: softhsm: SoftHSM itself, whose tokens are the practice cards; ykcs11:
Yubico's, with an emulated card under the real pcscd."""
import os
import sys
import tempfile

import at_work
import emulated_cards
from driver import Atspi
from emulated_cards import check_requests, find_module
from job_steps import (STATE, enter_pin, fill_form, name_of, open_pin, reach_confirmation, reach_menu, read_confirmation, register, wait)

HOLDER = '桜川 一郎'


def finish_job(program, agency):
    fill_form(program)
    reach_confirmation(program)
    read_confirmation(program)
    register(program)
    with tempfile.TemporaryDirectory() as folder:
        check_requests(agency, folder, 1)


def choose(program):
    """Among the tokens of all practice cards: the one of HOLDER that may sign."""
    def look():
        return next((node for node in program.walk(state=STATE.VISIBLE) if node.get_role_name() == 'radio button'
                     and name_of(node) == HOLDER and program.sensitive(node)), None)
    Atspi.Action.do_action(wait(look, 30, 'a card of %s' % HOLDER).get_action_iface(), 0)


def softhsm(program, agency):
    reach_menu(program)
    open_pin(program)
    choose(program)
    program.shot('choice')
    program.find(id='pin_entry').get_component_iface().grab_focus()
    enter_pin(program)
    finish_job(program, agency)


def ykcs11(program, cards, agency):
    reach_menu(program)
    open_pin(program)
    cards.insert()
    program.focus_is(id='pin_entry', seconds=40)
    program.shot('token')
    cards.enter_pin(program)
    finish_job(program, agency)


def skip(package):
    print('1..0 # SKIP %s is not installed' % package)
    return 77


def run_softhsm():
    """Its configuration is the practice folder's, so that the tokens are there."""
    module = find_module('softhsm/libsofthsm2.so')
    if module is None:
        return skip('softhsm2')
    return at_work.run(softhsm, modules=(module,),
                       environment=lambda agency: {'SOFTHSM2_CONF': os.path.join(agency.folder, 'softhsm2.conf')})


def run_ykcs11():
    module = find_module('libykcs11.so')
    return skip('ykcs11') if module is None else emulated_cards.run(ykcs11, 'yubikey', module)


if __name__ == '__main__':
    sys.exit({'softhsm': run_softhsm, 'ykcs11': run_ykcs11}[sys.argv[1]]())
