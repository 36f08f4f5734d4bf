#!/usr/bin/python3
"""What a screen reader is told, in Japanese: the cause and the remedy of an error, the card or that there is none with its
tries, the values of the confirmation, and the reception number at the end. Read from what the accessibility tree
announces, and from what has the focus: its name, its labels and its description."""
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from job_steps import (PIN, STATE, confirm_form, fill_form, keys, name_of, reach_menu, read_number, run, type_text,  # noqa: E402
                       wait)
from practice_steps import Practice  # noqa: E402
import gi  # noqa: E402
gi.require_version('Atspi', '2.0')
from gi.repository import Atspi  # noqa: E402


class Ear:
    """What was announced since it was last asked."""

    def __init__(self):
        self.heard = []
        self.listener = Atspi.EventListener.new(self.on_event)
        for name in ('object:announcement', 'object:notification'):
            self.listener.register(name)

    def on_event(self, event):
        self.heard.append(event.any_data if isinstance(event.any_data, str) else '')

    def hears(self, pattern):
        wait(lambda: re.search(pattern, '\n'.join(self.heard), re.S), 30,
             lambda: 'to hear %r, heard: %s' % (pattern, self.heard))
        self.heard.clear()


def says(node):
    """What a screen reader says of NODE when the focus comes to it."""
    return '%s\n%s' % (name_of(node), node.get_description() or '')


def focus_says(program, pattern):
    wait(lambda: program.focused() is not None and re.search(pattern, says(program.focused()), re.S), 30,
         lambda: 'the focus to say %r, it says %r' % (pattern, program.focused() and says(program.focused())))


def hear_cards(program, ear, practice):
    program.find(id='pin_entry', seconds=30)
    ear.hears('桜川 一郎')
    focus_says(program, 'PIN番号.*桜川 一郎')
    practice.put_in(None, None)
    ear.hears('挿入')
    focus_says(program, '挿入')
    practice.put_in('sakuragawa', None)
    ear.hears('桜川 一郎')


def enter_wrong_pin(program):
    program.focus_is(id='pin_entry', seconds=30)
    type_text('999999')
    keys('Return')


def hear_wrong_pin(program, ear):
    """Headline, cause with its count, and remedy; and after the second one that there is one try left, and that again where
    the focus is: on the word that is asked for."""
    enter_wrong_pin(program)
    ear.hears('ログインに失敗しました。.*PIN番号が誤っています.*誤入力1回.*確認して')
    focus_says(program, 'PIN番号.*ログインに失敗しました。.*誤っています.*確認して')
    enter_wrong_pin(program)
    ear.hears('あと1回')
    program.focus_is(id='consent_button')
    focus_says(program, 'あと1回')
    keys('space')
    program.focus_is(id='pin_entry')
    focus_says(program, 'PIN番号.*あと1回')


def tab_on(program, before):
    def look():
        node = program.focused()
        return None if node == before else node
    keys('Tab')
    return wait(look, 10, lambda: 'the focus to move on from %r' % name_of(before))


def hear_confirmation(program):
    """Tab comes to each value, which is said with what it is."""
    node = program.focus_is(id='scroller', seconds=30)
    heard = {}
    for _ in range(60):
        node = tab_on(program, node)
        labels = [target.get_name() for relation in node.get_relation_set()
                  if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY
                  for target in map(relation.get_target, range(relation.get_n_targets()))]
        text = Atspi.Text.get_text(node, 0, -1) if node.get_text_iface() else ''
        if labels:
            heard[labels[0]] = text
        if node.get_accessible_id() == 'submit_button':
            break
    for label, value in (('企業名称', '桜川建設株式会社'), ('ICカード取得者氏名', '桜川 一郎'), ('連絡先電話番号', '022-000-1000')):
        assert heard.get(label) == value, (label, value, heard)
    return len(heard)


def do_job(program, folder):
    ear = Ear()
    practice = Practice(folder)
    reach_menu(program)
    keys('alt+r')
    hear_cards(program, ear, practice)
    hear_wrong_pin(program, ear)
    type_text(PIN)
    keys('Return')
    fill_form(program)
    confirm_form(program)
    print('# %d values heard' % hear_confirmation(program))
    keys('alt+r')
    number = read_number(program)
    ear.hears('受付番号 %s' % number)
    focus_says(program, '受付番号 %s' % number)


if __name__ == '__main__':
    sys.exit(run(do_job))
