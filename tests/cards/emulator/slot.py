"""One slot of the virtual reader (vpcd): a card in it is a connection to the driver, and taking it out ends that.

What the driver sends has a length of two bytes before it; a message of one byte is no APDU but power off, power on, reset
or the question for the ATR, which alone is answered."""
import socket
import struct
import threading
import time

POWER_OFF, POWER_ON, RESET, GET_ATR = 0, 1, 2, 4
# The driver is asked about twice a second whether there is a card: in a shorter time nobody takes one out and puts one in.
SECONDS_OUT = 0.6
# Under load the driver comes to it later, and listens for no card before that.
PATIENCE = 10
NAMES = {POWER_OFF: 'power off', POWER_ON: 'power on', RESET: 'reset'}


class Slot:
    def __init__(self, port):
        self.port = port
        self.card = None
        self.connection = None
        self.changing = threading.RLock()  # the card is put in or taken out
        self.inserted_at = self.removed_at = 0.0  # monotonic
        self.log = []  # (seconds, 'apdu', command, answer) or (seconds, what, '', '')
        self.clear()

    def clear(self):
        """No faults, an empty log."""
        self.pull_at = 0      # this many APDUs from now
        self.pull_on = {}     # instruction: which one of them
        self.status_on = {}   # instruction: the status word to give once
        self.refuse = {}      # beginning of a command, upper-case hex: the status word to give once
        self.delay_on = {}    # instruction: seconds
        self.latency = 0.0
        self.log.clear()

    def insert(self, card=None, seconds_out=SECONDS_OUT):
        """CARD, or the one that was in it last; not before the slot was empty for so long."""
        self.remove()
        time.sleep(max(0, self.removed_at + seconds_out - time.monotonic()))
        self.card = card or self.card
        end = time.monotonic() + PATIENCE
        while True:
            try:
                with self.changing:
                    return self._connect()
            except ConnectionRefusedError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)

    def _connect(self):
        connection = socket.create_connection(('127.0.0.1', self.port), 5)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.card.power()
        self.inserted_at = time.monotonic()
        self.connection = connection
        threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _stay(self, connection):
        """The driver has let go of a card that nobody has taken out, or pcscd has ended: it is there for the next one."""
        while self.connection is connection:
            time.sleep(SECONDS_OUT)
            try:
                # Not a card that is just being taken out: it would be in again.
                with self.changing:
                    if self.connection is connection:
                        self._connect()
            except OSError:
                pass

    def remove(self):
        with self.changing:
            connection, self.connection = self.connection, None
            self.removed_at = self.removed_at if connection is None else time.monotonic()
        if connection is not None:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            connection.close()

    def note(self, what, command=b'', answer=b''):
        self.log.append((time.monotonic(), what, command.hex().upper(), answer.hex().upper()))

    def _receive(self, connection, size):
        data = b''
        while len(data) < size:
            # The driver sends length and body in two writes: without this each APDU waits 40 ms for an acknowledgement.
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
            part = connection.recv(size - len(data))
            if not part:
                raise EOFError
            data += part
        return data

    def _serve(self, connection):
        try:
            while True:
                size, = struct.unpack('>H', self._receive(connection, 2))
                answer = self._answer(self._receive(connection, size))
                if answer is not None:
                    connection.sendall(struct.pack('>H', len(answer)) + answer)
        except (EOFError, OSError):
            self._stay(connection)

    def _answer(self, message):
        if len(message) > 1:
            return self._transmit(message)
        if message[0] == GET_ATR:
            return self.card.atr
        if message[0] in (POWER_ON, RESET, POWER_OFF):
            self.card.power()
        self.note(NAMES.get(message[0], 'control'))
        return None

    def _is_pulled(self, instruction):
        if self.pull_at:
            self.pull_at -= 1
            if not self.pull_at:
                return True
        if instruction in self.pull_on:
            self.pull_on[instruction] -= 1
            return self.pull_on[instruction] == 0
        return False

    def _transmit(self, command):
        instruction = command[1]
        if self._is_pulled(instruction):
            self.note('pulled', command)
            self.remove()
            raise EOFError
        time.sleep(self.latency + self.delay_on.get(instruction, 0))
        start = next(filter(command.hex().upper().startswith, self.refuse), None)
        status = self.status_on.pop(instruction, None) or self.refuse.pop(start, None)
        answer = status.to_bytes(2, 'big') if status is not None else self.card.transmit(command)
        self.note('apdu', command, answer)
        return answer
