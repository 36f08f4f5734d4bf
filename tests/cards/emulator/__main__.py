"""emulator FOLDER [--readers N] [--reader-name NAME] [--no-pcscd]: virtual readers, emulated cards and the pcscd they hang on, told what to do over a
UNIX socket (FOLDER/control): one command a line, one line of JSON as the answer. Ends with its standard input.

  insert SLOT [KIND FILES]   puts in a new card (piv, jpki, yubikey, unknown) with the keys and certificates of the folder FILES, or the
                             one that was in last; it stays what it is (tries) while it is out
  swap SLOT KIND FILES       takes out and puts in faster than the driver looks
  remove SLOT
  pull SLOT N                takes it out in place of the answer to the N-th APDU from now
  pull-on SLOT INS [N]       … to the N-th APDU with this instruction (hex)
  status SLOT INS SW         answers the next such instruction with this status word (hex) and does nothing
  refuse SLOT START SW       … the next command that begins so (hex)
  delay SLOT INS SECONDS     … later
  latency SLOT SECONDS       for every APDU
  tries SLOT N               the tries of all its PINs
  pin SLOT PIN               all its PINs are this one
  clear SLOT                 no faults any more, an empty log
  log SLOT                   [[seconds, what, command, answer], …]
  count SLOT                 how many APDUs are in it
  inserted-at SLOT           when its card was put in, monotonic seconds
  reader add|remove INDEX    plugs it in or out
  pcscd start|stop
"""
import argparse
import json
import os
import socket
import sys
import threading

from .card import Card
from .jpki import JpkiCard
from .pcscd import Pcscd
from .piv import PivCard, YubiKeyCard
from .slot import Slot

KINDS = {'piv': PivCard, 'jpki': JpkiCard, 'yubikey': YubiKeyCard, 'unknown': Card}
N_READERS = 2


class Desk:
    def __init__(self, folder, reader_name):
        self.pcscd = Pcscd(folder, N_READERS, reader_name)
        self.slots = [Slot(Pcscd.get_port(index)) for index in range(2 * N_READERS)]

    def run(self, name, *words):
        return getattr(self, 'do_' + name.replace('-', '_'))(*words)

    def do_insert(self, slot, kind=None, files=None):
        self.slots[int(slot)].insert(KINDS[kind](files) if kind else None)

    def do_swap(self, slot, kind, files):
        self.slots[int(slot)].insert(KINDS[kind](files), 0)

    def do_remove(self, slot):
        self.slots[int(slot)].remove()

    def do_pull(self, slot, n_apdus):
        self.slots[int(slot)].pull_at = int(n_apdus)

    def do_pull_on(self, slot, instruction, n_apdus=1):
        self.slots[int(slot)].pull_on[int(instruction, 16)] = int(n_apdus)

    def do_status(self, slot, instruction, status):
        self.slots[int(slot)].status_on[int(instruction, 16)] = int(status, 16)

    def do_refuse(self, slot, start, status):
        self.slots[int(slot)].refuse[start] = int(status, 16)

    def do_delay(self, slot, instruction, seconds):
        self.slots[int(slot)].delay_on[int(instruction, 16)] = float(seconds)

    def do_latency(self, slot, seconds):
        self.slots[int(slot)].latency = float(seconds)

    def do_tries(self, slot, tries):
        for pin in self.slots[int(slot)].card.pins.values():
            pin.tries = int(tries)

    def do_pin(self, slot, value):
        for pin in self.slots[int(slot)].card.pins.values():
            pin.value = value.encode().ljust(len(pin.value), b'\xff')

    def do_clear(self, slot):
        self.slots[int(slot)].clear()

    def do_log(self, slot):
        return self.slots[int(slot)].log

    def do_count(self, slot):
        return sum(1 for entry in self.slots[int(slot)].log if entry[1] == 'apdu')

    def do_inserted_at(self, slot):
        return self.slots[int(slot)].inserted_at

    def do_reader(self, act, index):
        (self.pcscd.add_reader if act == 'add' else self.pcscd.remove_reader)(int(index))

    def do_pcscd(self, act):
        if act == 'start':
            self.pcscd.start()
        else:
            self.pcscd.stop()


def serve(desk, connection):
    with connection, connection.makefile('rw', encoding='utf-8') as file:
        for line in file:
            try:
                answer = {'result': desk.run(*line.split())}
            except Exception as error:  # whatever it is, the test has to hear of it
                answer = {'error': repr(error)}
            file.write(json.dumps(answer) + '\n')
            file.flush()


def listen(desk, path):
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen()
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=serve, args=(desk, connection), daemon=True).start()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('folder')
    parser.add_argument('--readers', type=int, default=1)
    parser.add_argument('--reader-name', default='Touroku Test Reader')
    parser.add_argument('--no-pcscd', action='store_true')
    options = parser.parse_args()
    desk = Desk(options.folder, options.reader_name)
    for index in range(options.readers):
        desk.pcscd.add_reader(index)
    if not options.no_pcscd:
        desk.pcscd.start()
    threading.Thread(target=listen, args=(desk, os.path.join(options.folder, 'control')), daemon=True).start()
    print('ready', flush=True)
    sys.stdin.read()
    desk.pcscd.stop()


main()
