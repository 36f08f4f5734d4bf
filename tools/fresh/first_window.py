"""Looks at the first page as a person does: each text that it must hold stands in the accessibility tree, and where it stands the
screenshot shows more than one colour. Prints what it saw as JSON.

usage: first_window.py SCREENSHOT TEXT..."""
import json
import re
import subprocess
import sys
import time

from driver import STATE, Atspi, Program, children, find_all, has, plain, text_of, wait


def find_program():
    desktop = Atspi.get_desktop(0)
    desktop.clear_cache()
    return next((child for child in children(desktop) if any(has(window, STATE.SHOWING) for window in children(child))), None)


def place(program, text):
    """Where TEXT, a regular expression, is on the screen."""
    for window in program.windows():
        for node in find_all(window, STATE.SHOWING):
            if re.fullmatch(text, plain(text_of(node)) or plain(node.get_name()), re.S):
                box = Atspi.Component.get_extents(node.get_component_iface(), Atspi.CoordType.SCREEN)
                return {'text': plain(text_of(node)) or plain(node.get_name()), 'box': [box.width, box.height, box.x, box.y]}
    return None


def count_colours(shot, box):
    return int(subprocess.run(['convert', shot, '-crop', '%dx%d+%d+%d' % tuple(box), '-format', '%k', 'info:'], capture_output=True, text=True,
                              check=True).stdout)


def main(shot, *texts):
    program = Program.attach(wait(find_program, 120, 'a window'))
    seen = []
    for text in texts:
        try:
            seen.append(wait(lambda wanted=text: place(program, wanted), 60))
        except Exception:
            subprocess.run(['import', '-window', 'root', shot], check=True)
            raise AssertionError('no text %r; there is: %s' % (text, ' | '.join(program.texts()))) from None
    when = time.time()
    subprocess.run(['import', '-window', 'root', shot], check=True)
    blank = [one['text'] for one in seen if count_colours(shot, one['box']) < 3]
    if blank:
        raise AssertionError('nothing is drawn where these should be: %s' % ', '.join(blank))
    print(json.dumps({'when': when, 'texts': [one['text'] for one in seen]}, ensure_ascii=False))


main(*sys.argv[1:])
