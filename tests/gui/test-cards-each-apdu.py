#!/usr/bin/python3
"""One window, and an emulated card that is taken out in place of the answer to the N-th APDU of the whole job (list, PIN, signature),
for each N in steps of STEP. Each time the job goes on in the same window with the card back in. KIND: piv, jpki."""
import os
import re
import sys

from agency_desk import Desk
from emulated_cards import PINS, call, run
from job_steps import enter_pin, fill_form, keys, open_pin, reach_confirmation, reach_menu, read_number, say, text_of, wait

NO_CARD = say('ICカードが挿入されていません', 'No IC card is inserted')
HUNG, CRASHED = say('時間内に応答しなかった', 'did not answer in time'), say('異常終了', 'certification authority crashed')


def was_pulled():
    return any(what == 'pulled' for _, what, _, _ in call('log', 0))


def has_focus(program, id):
    node = program.focused()
    return node is not None and node.get_accessible_id() == id


def put_back(program, cards):
    program.sees(NO_CARD, 20)
    call('clear', 0)
    cards.insert_again()
    program.focus_is(id='pin_entry', seconds=20)


def unlock(program, cards, done, causes):
    """In the PIN dialog, until DONE has the focus; the card is put back when it is gone. Gives whether it was."""
    pulled = False
    for _ in range(3):
        wait(lambda: has_focus(program, 'pin_entry') or was_pulled(), 30, 'the card or its end')
        if was_pulled():
            pulled = True
            put_back(program, cards)
        enter_pin(program, PINS[cards.kind], 'pin')
        wait(lambda: has_focus(program, done) or program.look(id='error_code_label'), 40, 'what comes of the PIN')
        if has_focus(program, done):
            return pulled
        causes.append(text_of(program.find(id='error_cause_label')))
    raise AssertionError('not unlocked: %s' % causes)


def do_job(program, cards, agency, n, causes):
    """Gives whether the card answered so many APDUs; as far as the form where it was taken out before that."""
    cards.remove()
    call('clear', 0)
    open_pin(program)
    program.sees(NO_CARD, 20)
    call('pull', 0, n)
    cards.insert()
    pulled = unlock(program, cards, 'contact_name_entry', causes)
    if not pulled:
        fill_form(program)
        reach_confirmation(program)
        keys('alt+r')
        wait(lambda: was_pulled() or program.look(id='number_label'), 40, 'the signature or its end')
        pulled = was_pulled()
        if pulled:
            unlock(program, cards, 'scroller', causes)
            keys('alt+r')
        read_number(program)
        # So that there is a registration to be made the next time.
        Desk(agency).decide('deny')
    keys('Escape')
    program.focus_is(id='register_button', seconds=30)
    return pulled


def each_apdu(program, cards, agency):
    reach_menu(program)
    program.shots = None
    causes, n, n_pulled = [], 1, 0
    while do_job(program, cards, agency, n, causes):
        n_pulled += 1
        n += int(sys.argv[2])
    print('%s, in the window: pulled at %d APDUs: %d hung, %d crashed, %d recovered'
          % (cards.kind, n_pulled, sum(1 for cause in causes if re.search(HUNG, cause)),
             sum(1 for cause in causes if re.search(CRASHED, cause)), n_pulled), flush=True)
    # The last signature is the fifth exchange after the PIN's: fewer were not the whole job.
    assert n >= 30, n
    assert os.path.exists('/proc/%d' % program.process.pid)


if __name__ == '__main__':
    sys.exit(run(each_apdu, sys.argv[1]))
