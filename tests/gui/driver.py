"""Drives Touroku from outside as a person would: reads through the accessibility tree (AT-SPI), acts through the
keyboard (XTEST, xdotool). Nothing inside the program is touched. System Python only."""
import os
import re
import signal
import subprocess
import time

import gi
gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib

STATE = Atspi.StateType
Atspi.set_timeout(5000, 15000)
# Windows that the window manager gives the keyboard to; menus take it themselves.
MANAGED = ('frame', 'dialog', 'alert', 'file chooser')
_MNEMONIC = re.compile(r'[（(]_?[A-Za-z0-9][)）]$')
# Under sanitizers everything takes several times as long.
PATIENCE = float(os.environ.get('TOUROKU_TEST_PATIENCE', '1'))


class NotSeen(Exception):
    """What was waited for did not come."""


def plain(text):
    """A label without its mnemonic, colon and ellipsis."""
    return _MNEMONIC.sub('', (text or '').replace('…', '').strip()).rstrip('：:').strip()


def wait(look, seconds=10, what=''):
    """Looks again and again until there is something; a widget that goes away meanwhile is no error. WHAT: what is waited for, or
    a function that says it in the end."""
    end = time.monotonic() + seconds * PATIENCE
    problem = None
    while True:
        begun = time.monotonic()
        try:
            context = GLib.MainContext.default()
            while context.iteration(False):
                pass
            seen = look()
            if seen:
                return seen
        except GLib.Error as error:
            problem = error
        if time.monotonic() > end:
            raise NotSeen('%s %s' % (what() if callable(what) else what, problem or ''))
        time.sleep(max(0.01, time.monotonic() - begun))


def has(node, *states):
    node.clear_cache()
    found = node.get_state_set()
    return all(found.contains(s) for s in states)


def find_all(root, *states):
    """Everything in ROOT that has them, in one question: asking each widget takes the program's main loop ten times as long."""
    every = Atspi.CollectionMatchType.ALL
    rule = Atspi.MatchRule.new(Atspi.StateSet.new(states), every, {}, every, [], every, [], every, False)
    for node in Atspi.Collection.get_matches(root, rule, Atspi.CollectionSortOrder.CANONICAL, 0, True):
        node.clear_cache()
        yield node


def children(node):
    for i in range(node.get_child_count()):
        child = node.get_child_at_index(i)
        if child is not None:
            yield child


def labels_of(node):
    for relation in node.get_relation_set():
        if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY:
            for i in range(relation.get_n_targets()):
                yield relation.get_target(i).get_name()


def name_of(node):
    return node.get_name() or ' '.join(label for label in labels_of(node) if label)


def text_of(node):
    text = node.get_text_iface()
    if not text:
        return node.get_name() or ''
    return Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text))


def keys(*names):
    subprocess.run(['xdotool', 'key', '--clearmodifiers', '--delay', '6', *names], check=True)


def type_text(text):
    """Types by plain key events only: other characters through GTK's Ctrl+Shift+U, as `xdotool type` loses them."""
    names = []
    special = {' ': 'space', '-': 'minus', '_': 'underscore', '.': 'period', '/': 'slash', '@': 'at'}
    for char in text:
        if char.isascii() and char.isalnum():
            names.append(char)
        elif char in special:
            names.append(special[char])
        else:
            names += ['ctrl+shift+u', *'%x' % ord(char), 'Return']
    keys(*names)


class Program:
    """A running Touroku."""

    def __init__(self, argv, shots=None, environment=None):
        self.shots = shots
        self.n_shots = 0
        self.process = subprocess.Popen(argv, env={**os.environ, **(environment or {})})
        self.node = wait(self._find_node, 30, 'the program in the accessibility tree')

    @classmethod
    def attach(cls, node, shots=None):
        """To a program that something else has started: what can be seen and typed, without its process."""
        self = cls.__new__(cls)
        self.shots, self.n_shots, self.process, self.node = shots, 50, None, node
        return self

    def _find_node(self):
        if self.process.poll() is not None:
            raise NotSeen('the program ended with %s' % self.process.returncode)
        desktop = Atspi.get_desktop(0)
        desktop.clear_cache()
        for child in children(desktop):
            if child.get_process_id() == self.process.pid:
                return child
        return None

    def walk(self, root=None, state=STATE.SHOWING):
        """Everything that is showing; with STATE.VISIBLE also what is scrolled away."""
        if state == STATE.SHOWING:
            return self.list_showing(root)
        return self.walk_down(root, state)

    def windows(self):
        return [window for window in children(self.node) if has(window, STATE.SHOWING)]

    def list_showing(self, root):
        for top in [root] if root else self.windows():
            yield top
            yield from find_all(top, STATE.SHOWING)

    def walk_down(self, root, state):
        todo = [root or self.node]
        while todo:
            node = todo.pop()
            if node is not self.node:
                if not has(node, state):
                    continue
                yield node
            todo.extend(reversed(list(children(node))))

    def look(self, id=None, name=None, role=None, state=STATE.SHOWING):
        for node in self.walk(state=state):
            if id is not None and node.get_accessible_id() != id:
                continue
            if role is not None and node.get_role_name() != role:
                continue
            if name is not None and plain(name_of(node)) != plain(name):
                continue
            return node
        return None

    def find(self, seconds=10, **what):
        return wait(lambda: self.look(**what), seconds, 'widget %r' % what)

    def reach(self, id, seconds=30):
        """Waits for it in the window that has the keyboard: one can be seen before it gets what is typed."""
        def look():
            for window in self.windows():
                if has(window, STATE.ACTIVE):
                    return next((node for node in self.list_showing(window) if node.get_accessible_id() == id), None)
            return None
        return wait(look, seconds, 'the window of %r in use' % id)

    def gone(self, seconds=10, **what):
        wait(lambda: not self.look(**what), seconds, 'still there: %r' % what)

    def sees(self, pattern, seconds=10):
        """Waits until some visible text matches."""
        expression = re.compile(pattern)
        return wait(lambda: next((text for text in map(text_of, self.walk()) if expression.search(text or '')), None),
                    seconds, lambda: 'text %r; there is: %s' % (pattern, ' | '.join(self.texts())[:3000]))

    def has_text(self, pattern, seconds=10):
        """As sees(), but what is scrolled away counts too."""
        expression = re.compile(pattern)
        return wait(lambda: next((text for text in map(text_of, self.walk(state=STATE.VISIBLE))
                                  if expression.search(text or '')), None), seconds, 'text %r' % pattern)

    def has_no_text(self, pattern, seconds=10):
        """Waits until there is none, scrolled away or not."""
        expression = re.compile(pattern)
        wait(lambda: not any(expression.search(text or '') for text in map(text_of, self.walk(state=STATE.VISIBLE))), seconds,
             'text %r still there' % pattern)

    def texts(self):
        """What can be read; not all of it when something goes away meanwhile."""
        texts = []
        try:
            texts.extend(text for text in map(text_of, self.walk()) if text)
        except GLib.Error as error:
            texts.append(str(error))
        return texts

    def focused(self):
        """What has the focus; None also when something went away while it was looked for. In a window that the window manager has
        not given the keyboard yet, what is typed would be lost."""
        containers = ('frame', 'dialog', 'alert', 'window', 'application')
        try:
            for window in self.windows():
                if window.get_role_name() in MANAGED and not has(window, STATE.ACTIVE):
                    continue
                for node in find_all(window, STATE.SHOWING, STATE.FOCUSED):
                    if node.get_role_name() not in containers:
                        return node
        except GLib.Error:
            pass
        return None

    def find_focused(self):
        return wait(self.focused, 10, 'a focus')

    def focus_is(self, name=None, id=None, seconds=10):
        def look():
            node = self.focused()
            if node is None:
                return None
            if id is not None and node.get_accessible_id() != id:
                return None
            return node if name is None or plain(name) == plain(name_of(node)) else None
        node = self.focused()
        return wait(look, seconds, 'focus on %r, is on %r' % (name or id, node and name_of(node)))

    def tab_to(self, id, most=60):
        """Presses Tab until the focus is there, as someone without a pointer does."""
        for _ in range(most):
            before = self.focused()
            if before is not None and before.get_accessible_id() == id:
                return before
            keys('Tab')
            wait(lambda: self.focused() != before, 10, 'the focus to move on from %r' % (before and name_of(before)))
        raise NotSeen('Tab does not reach %r' % id)

    def replace_text(self, text):
        """Types over what is in the focused field."""
        keys('ctrl+a')
        type_text(text)

    def press(self, node):
        """Does a button's action, for preparing only: it needs no focus and no pointer."""
        wait(lambda: has(node, STATE.SHOWING, STATE.SENSITIVE), 10, 'sensitive: %s' % name_of(node))
        Atspi.Action.do_action(node.get_action_iface(), 0)

    def sensitive(self, node):
        return has(node, STATE.SENSITIVE)

    def shot(self, name):
        """A screenshot, numbered in the order of the test."""
        if not self.shots:
            return
        self.n_shots += 1
        os.makedirs(self.shots, exist_ok=True)
        subprocess.run(['import', '-window', 'root', os.path.join(self.shots, '%02d-%s.png' % (self.n_shots, name))],
                       check=True)

    def close(self, seconds=15):
        """Ends the program as its close button does, and gives its exit status."""
        if self.process.poll() is None:
            keys('alt+F4')
            try:
                self.process.wait(seconds * PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.send_signal(signal.SIGTERM)
                self.process.wait(10)
        return self.process.returncode
