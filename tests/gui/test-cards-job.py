#!/usr/bin/python3
"""The main job with an emulated card under the real pcscd and OpenSC, by keyboard alone. KIND: piv, jpki (the My Number card, whose
certificate shows after the PIN alone). On the way a wrong PIN, which costs one try and is said."""
import sys
import tempfile

from emulated_cards import PINS, WRONG_PINS, call, check_requests, run, sees_candidate
from job_steps import (enter_pin, fill_form, open_pin, reach_confirmation, reach_menu, read_confirmation, register, say, sees_error)


def puts_card_in(program, cards):
    open_pin(program)
    program.sees(say('ICカードが挿入されていません', 'No IC card is inserted'), 30)
    program.shot('no-card')
    cards.insert()
    program.focus_is(id='pin_entry', seconds=30)
    if cards.kind == 'jpki':
        sees_candidate(program, say('マイナンバーカード', 'My Number card'))
        sees_candidate(program, say('PIN番号の入力後に表示', 'only after the PIN'))
    else:
        program.sees('桜川 一郎')
    sees_candidate(program, say('署名用の証明書ではありません', 'not meant for signing'))


def enters_wrong_pin(program, cards):
    call('clear', 0)
    enter_pin(program, WRONG_PINS[cards.kind], 'wrong-pin-typed')
    sees_error(program, '03002', 'wrong-pin', 'PIN')
    assert cards.count_pins() == 1
    program.focus_is(id='pin_entry', seconds=30)


def job(program, cards, agency):
    reach_menu(program)
    puts_card_in(program, cards)
    enters_wrong_pin(program, cards)
    enter_pin(program, PINS[cards.kind])
    fill_form(program)
    reach_confirmation(program)
    read_confirmation(program)
    register(program)
    with tempfile.TemporaryDirectory() as folder:
        check_requests(agency, folder, 1)


if __name__ == '__main__':
    sys.exit(run(job, sys.argv[1]))
