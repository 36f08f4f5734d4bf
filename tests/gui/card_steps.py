"""Practice cards put in and taken out in the window, as the tests share it; what the readers have and how many tries a card
has left is read in the practice folder."""
import configparser
import os

from driver import Atspi, children, keys, wait

CARD = 'sakuragawa'
CURRENT, NEW, OTHER_COMPANY = '桜川 一郎', '桜川 二郎', '椿原 花子'


def open_panel(program):
    """F9, also from a dialog that asks for a card."""
    keys('F9')
    program.reach('readers_box')


def close_panel(program):
    keys('Escape')
    program.gone(id='readers_box')


def look_in_first_reader(program, id):
    """The readers of the panel have the same things in them."""
    n_readers = 0
    for node in program.walk():
        found = node.get_accessible_id()
        n_readers += found == 'reader_label'
        if found == id and n_readers == 1:
            return node
    return None


def find_in_first_reader(program, id):
    return wait(lambda: look_in_first_reader(program, id), 10, '%s in the first reader' % id)


def remove_card(program):
    """In the open panel: the card in the first reader."""
    find_in_first_reader(program, 'reader_remove_button')
    keys('alt+1')
    find_in_first_reader(program, 'reader_insert_button')


def choose_in_drawer(combo, holder):
    """The list may be filled anew while its names are read: what is chosen counts, not what was meant."""
    names = [item.get_name() for item in children(combo.get_child_at_index(0))]
    index = next((i for i, name in enumerate(names) if name.startswith(holder)), None)
    if index is None:
        return False
    drawer = combo.get_selection_iface()
    Atspi.Selection.select_child(drawer, index)
    chosen = Atspi.Selection.get_selected_child(drawer, 0)
    return chosen is not None and chosen.get_name().startswith(holder)


def insert_card(program, holder):
    """In the open panel: HOLDER's card of the drawer into the first reader, which is empty."""
    combo = find_in_first_reader(program, 'reader_card_combo')
    wait(lambda: choose_in_drawer(combo, holder), 10, 'a card of %s in the drawer' % holder)
    keys('alt+1')
    find_in_first_reader(program, 'reader_remove_button')


def take_card_out(program, shot=None):
    open_panel(program)
    remove_card(program)
    if shot:
        program.shot(shot)
    close_panel(program)


def put_card_in(program, holder=CURRENT):
    open_panel(program)
    insert_card(program, holder)
    close_panel(program)


def change_card(program, holder):
    open_panel(program)
    remove_card(program)
    insert_card(program, holder)
    close_panel(program)


def read_cards(folder):
    cards = configparser.ConfigParser(interpolation=None)
    cards.optionxform = str
    cards.read(os.path.join(folder, 'practice', 'cards.ini'), encoding='utf-8')
    return cards


def tries_left(folder, card=CARD):
    return int(read_cards(folder)['Card ' + card]['PinTriesLeft'])


def see_tries(folder, number):
    wait(lambda: tries_left(folder) == number, 10, '%d tries left' % number)
