"""What all cards have in common (ISO/IEC 7816-4): commands, chaining, GET RESPONSE, PINs that run out."""
import collections

OK = 0x9000
PIN_BLOCKED = 0x6983
NOT_ALLOWED = 0x6982
WRONG_DATA = 0x6A80
NOT_FOUND = 0x6A82
NO_REFERENCE = 0x6A88
NO_INSTRUCTION = 0x6D00

Command = collections.namedtuple('Command', 'cla ins p1 p2 data le')


def parse(apdu):
    cla, ins, p1, p2 = apdu[:4]
    body = apdu[4:]
    data, le = b'', None
    if len(body) == 1:
        le = body[0] or 256
    elif len(body) >= 3 and body[0] == 0:
        length = body[1] << 8 | body[2]
        if len(body) == 3:
            le = length or 65536
        else:
            data = body[3:3 + length]
            if len(body) >= 5 + length:
                le = (body[3 + length] << 8 | body[4 + length]) or 65536
    elif body:
        data = body[1:1 + body[0]]
        if len(body) > 1 + body[0]:
            le = body[1 + body[0]] or 256
    return Command(cla, ins, p1, p2, data, le)


class Pin:
    """A PIN, its tries and whether it was given since the card got power."""

    def __init__(self, value, tries):
        self.value = value
        self.limit = self.tries = tries
        self.is_verified = False

    def verify(self, value):
        if self.tries == 0:
            return False
        self.is_verified = value == self.value
        self.tries = self.limit if self.is_verified else self.tries - 1
        return self.is_verified


class Card:
    """A card that knows nothing: the one that no driver takes. Kinds of cards are derived from it."""

    atr = bytes.fromhex('3B951381018073FF01000B')

    def __init__(self, files):
        """FILES: the folder with its keys and certificates."""
        self.files = files
        self.pins = {}
        self.waiting = b''
        self.chained = b''

    def read(self, name):
        with open('%s/%s' % (self.files, name), 'rb') as file:
            return file.read()

    def power(self):
        """Power or a reset: what was verified is so no more."""
        self.waiting = self.chained = b''
        for pin in self.pins.values():
            pin.is_verified = False

    def transmit(self, apdu):
        command = parse(apdu)
        if command.ins == 0xC0:  # GET RESPONSE
            return self._answer(self.waiting, command.le)
        if command.cla & 0x10:  # one of a chain, not the last
            self.chained += command.data
            return OK.to_bytes(2, 'big')
        command = command._replace(data=self.chained + command.data)
        self.chained = self.waiting = b''
        status, answer = self.execute(command)
        if status != OK or not answer:
            return status.to_bytes(2, 'big')
        return self._answer(answer, command.le)

    def _answer(self, answer, le):
        size = le or 256
        self.waiting = answer[size:]
        if not self.waiting:
            return answer[:size] + OK.to_bytes(2, 'big')
        return answer[:size] + bytes([0x61, len(self.waiting) if len(self.waiting) < 256 else 0])

    def execute(self, command):
        """Gives status word and answer."""
        return (NOT_FOUND if command.ins == 0xA4 else NO_INSTRUCTION), b''
