#!/usr/bin/python3
"""Every page and dialog of the main job, as a screen reader meets it: each widget that takes the focus has a name and an id, each
entry a label with a mnemonic, mnemonics are unique in the window, Tab goes in reading order and reaches all, and no secret is in
the tree. All faults of all pages are collected and said at once."""
import re
import sys

from driver import Atspi, NotSeen, STATE, has, keys, labels_of, name_of, text_of, type_text, wait
from job_steps import CONTACT, JAPANESE, PASSWORD, PIN, confirm_form, fill_form, read_number, run, type_credentials

ENTRIES = ('text', 'password text', 'entry')
# What GTK itself puts together and names; its parts have no ids of ours.
FOREIGN = ('separator', 'scroll bar', 'filler', 'scroll pane', 'viewport')
MNEMONIC = re.compile(r'[（(]([A-Za-z0-9])[)）](?:…)?$')
# Lines of one row differ by this much, in pixels.
ROW = 12


class Audit:
    def __init__(self, program):
        self.program = program
        self.faults = []

    def fault(self, page, text):
        self.faults.append('%s: %s' % (page, text))

    def look(self, page, may_tell=False):
        """PAGE is what is on the screen now; MAY_TELL: the secrets of practice, which are there to be read."""
        window = self.active_window()
        widgets = list(self.program.walk(window))
        stops = [node for node in widgets if has(node, STATE.FOCUSABLE, STATE.SENSITIVE) and self.is_ours(node)]
        if not stops:
            self.fault(page, 'nothing can have the focus')
        print('# %s: looked at %s' % (page, ', '.join(node.get_accessible_id() or node.get_role_name() for node in stops)))
        for node in stops:
            self.look_at(page, node)
        if JAPANESE:
            self.look_at_mnemonics(page, widgets)
        if not may_tell:
            self.look_for_secrets(page)
        self.walk_with_tab(page, window)

    def active_window(self):
        return next(node for node in (self.program.node.get_child_at_index(i)
                                      for i in range(self.program.node.get_child_count()))
                    if node is not None and has(node, STATE.ACTIVE, STATE.SHOWING))

    def is_ours(self, node):
        return node.get_role_name() not in FOREIGN + ('frame', 'dialog', 'alert', 'window')

    def look_at(self, page, node):
        what = '%s “%s” (%s)' % (node.get_role_name(), name_of(node), node.get_accessible_id())
        if not name_of(node):
            self.fault(page, 'no name: ' + what)
        if not node.get_accessible_id() and node.get_role_name() not in ('label', 'toggle button', 'menu item'):
            self.fault(page, 'no id: ' + what)
        if node.get_role_name() in ENTRIES and has(node, STATE.EDITABLE):
            labels = [label for label in labels_of(node) if label]
            if not labels:
                self.fault(page, 'no label: ' + what)
            elif JAPANESE and not any(MNEMONIC.search(label) for label in labels):
                self.fault(page, 'no mnemonic: %s' % what)

    def look_at_mnemonics(self, page, widgets):
        """In Japanese a label ends with its mnemonic; a button has its label's text as its name, so labels of buttons are left out."""
        seen = {}
        for node in widgets:
            found = MNEMONIC.search(node.get_name() or '')
            parent = node.get_parent()
            if not found or (parent is not None and parent.get_name() == node.get_name()):
                continue
            letter = found.group(1).upper()
            if letter in seen and seen[letter] != node.get_name():
                self.fault(page, 'mnemonic %s twice: “%s”, “%s”' % (letter, seen[letter], node.get_name()))
            seen[letter] = node.get_name()

    def look_for_secrets(self, page):
        for node in self.program.walk(state=STATE.VISIBLE):
            for secret in (PIN, PASSWORD):
                if secret in (text_of(node) or '') or secret in (node.get_name() or '') or secret in (node.get_description() or ''):
                    self.fault(page, 'a secret can be read: %s' % node.get_accessible_id())

    def press_tab(self):
        """What has the focus then; none, if it did not move to anything in the tree."""
        before = self.program.focused()
        keys('Tab')
        try:
            return wait(lambda: self.program.focused() not in (None, before) and self.program.focused(), 1)
        except NotSeen:
            return None

    def walk_with_tab(self, page, window):
        """Once around: down and to the right only, until the first comes again, or the one after it where the first is what holds
        the others. A widget that is not in the tree (the inside of a combo box) counts as none."""
        start = self.program.find_focused()
        places, ids, last, first = [], [], None, None
        for _ in range(40):
            node = self.press_tab()
            if node is None:
                continue
            extents = Atspi.Component.get_extents(node, Atspi.CoordType.SCREEN)
            if places and node in (start, first):
                break
            first = first or node
            if node == last:
                continue
            places.append((extents.y + extents.height // 2, extents.x))
            ids.append(node.get_accessible_id() or name_of(node))
            last = node
        else:
            self.fault(page, 'Tab does not come around: %s' % ids)
        print('# %s: Tab goes to %s' % (page, ', '.join(ids)))
        turns = sum(1 for (y, x), (next_y, next_x) in zip(places, places[1:])
                    if next_y < y - ROW or (abs(next_y - y) <= ROW and next_x < x))
        if turns > 1:
            self.fault(page, 'Tab goes back %d times: %s' % (turns, ids))


def do_job(program, folder):
    audit = Audit(program)
    program.focus_is(id='construction_radio', seconds=30)
    audit.look('category')
    program.press(program.find(id='register_button'))
    program.find(id='proceed_button', seconds=90)
    program.sees(r'20\d\d', 30)
    program.focus_is(id='proceed_button', seconds=30)
    audit.look('process menu')
    program.press(program.find(id='proceed_button'))
    type_credentials(program, 'bidder01', PASSWORD)
    audit.look('sign-in')
    program.press(program.find(id='sign_in_button'))
    program.focus_is(id='register_button', seconds=30)
    audit.look('menu')
    program.press(program.find(id='register_button'))
    program.focus_is(id='pin_entry', seconds=30)
    type_text(PIN)
    audit.look('PIN')
    program.focus_is(id='pin_entry')
    keys('Return')
    fill_form(program)
    audit.look('form')
    program.focus_is(id=CONTACT[-1][0])
    confirm_form(program)
    program.focus_is(id='scroller', seconds=20)
    audit.look('confirmation')
    program.press(program.find(id='submit_button'))
    read_number(program)
    audit.look('completion')
    keys('F9')
    program.reach('readers_box')
    audit.look('practice cards', may_tell=True)
    keys('alt+g')
    program.reach('reviews_list')
    audit.look('practice review', may_tell=True)
    keys('Escape')
    program.gone(id='reviews_list')
    if audit.faults:
        raise AssertionError('\n'.join(['%d faults' % len(audit.faults), *audit.faults]))


if __name__ == '__main__':
    sys.exit(run(do_job))
