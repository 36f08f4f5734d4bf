"""A PIV card (NIST SP 800-73-4): authentication key 9A, signature key 9C, one PIN of three tries."""
import hashlib

from . import der
from .card import Card, NO_INSTRUCTION, NO_REFERENCE, NOT_ALLOWED, NOT_FOUND, OK, PIN_BLOCKED, Pin, WRONG_DATA
from .rsa import RsaKey

PIN = b'123456'
APPLICATION = bytes.fromhex('A000000308000010000100')
AUTHENTICATION, SIGNATURE = 0x9A, 0x9C
PIN_REFERENCE = 0x80
PROTECTED = ('5FC103', '5FC109', '5FC121')  # fingerprints, printed information, iris


def wrap(*objects):
    return der.encode(0x53, b''.join(der.encode(tag, value) for tag, value in objects))


class PivCard(Card):
    atr = bytes.fromhex('3B7D96000080318065B0831111AC83009000')

    def __init__(self, files):
        super().__init__(files)
        self.pins = {PIN_REFERENCE: Pin(PIN.ljust(8, b'\xff'), 3)}
        self.keys = {AUTHENTICATION: RsaKey(files + '/authentication.key'), SIGNATURE: RsaKey(files + '/signature.key')}
        guid = hashlib.sha256(self.read('signature.der')).digest()[:16]
        self.objects = {
            '5FC102': wrap((0x30, bytes.fromhex('D4E739DA739CED39CE739D836858210842108421C84210C3EB')), (0x34, guid),
                           (0x35, b'20451231'), (0x3E, b''), (0xFE, b'')),
            '5FC107': wrap((0xF0, bytes.fromhex('A000000116FF02') + guid[:14]), (0xF1, b'\x21'), (0xF2, b'\x21'), (0xF3, b''),
                           (0xF4, b'\0'), (0xF5, b'\x10'), *((tag, b'') for tag in (0xF6, 0xF7, 0xFA, 0xFB, 0xFC, 0xFD, 0xFE))),
            '5FC10C': wrap((0xC1, b'\0'), (0xC2, b'\0'), (0xF3, b''), (0xFE, b'')),
            '7E': der.encode(0x7E, der.encode(0x4F, APPLICATION) + der.encode(0x5F2F, b'\x40\0')),
            '5FC109': wrap((0x01, b'TEST CARD'), (0xFE, b'')),
            '5FC105': self._wrap_certificate('authentication.der'),
            '5FC10A': self._wrap_certificate('signature.der'),
        }
        self.was_just_verified = False

    def _wrap_certificate(self, name):
        return wrap((0x70, self.read(name)), (0x71, b'\0'), (0xFE, b''))

    def power(self):
        super().power()
        self.was_just_verified = False

    def execute(self, command):
        if command.ins == 0xA4 and command.p1 == 4:
            return self._select(command.data)
        if command.ins == 0xCB and (command.p1, command.p2) == (0x3F, 0xFF):
            return self._get_data(command.data)
        if command.ins == 0x20 and command.p2 == PIN_REFERENCE:
            return self._verify(command), b''
        if command.ins == 0x87:
            return self._authenticate(command)
        return NO_INSTRUCTION, b''

    @staticmethod
    def _select(application):
        if not application or not (APPLICATION.startswith(application) or application.startswith(APPLICATION[:5])):
            return NOT_FOUND, b''
        return OK, der.encode(0x61, der.encode(0x4F, APPLICATION[5:]) + der.encode(0x79, der.encode(0x4F, APPLICATION[:5])))

    def _get_data(self, data):
        tag, name, _ = der.decode(data)
        if tag != 0x5C:
            return WRONG_DATA, b''
        name = name.hex().upper()
        if name in PROTECTED and not self.pins[PIN_REFERENCE].is_verified:
            return NOT_ALLOWED, b''
        found = self.objects.get(name)
        return (NOT_FOUND, b'') if found is None else (OK, found)

    def _verify(self, command):
        pin = self.pins[PIN_REFERENCE]
        if command.p1 == 0xFF:
            pin.is_verified = False
            return OK
        if pin.tries == 0:
            return PIN_BLOCKED
        if not command.data:
            return OK if pin.is_verified else 0x63C0 | pin.tries
        self.was_just_verified = pin.verify(command.data)
        return OK if pin.is_verified else 0x63C0 | pin.tries

    def _authenticate(self, command):
        """GENERAL AUTHENTICATE; the signature key wants the PIN immediately before."""
        key = self.keys.get(command.p2)
        if key is None:
            return NO_REFERENCE, b''
        tag, template, _ = der.decode(command.data)
        parts = dict(der.decode_all(template))
        if tag != 0x7C or command.p1 != 7 or len(parts.get(0x81, b'')) != key.size:
            return WRONG_DATA, b''
        is_allowed = self.pins[PIN_REFERENCE].is_verified and (command.p2 != SIGNATURE or self.was_just_verified)
        self.was_just_verified = False
        if not is_allowed:
            return NOT_ALLOWED, b''
        return OK, der.encode(0x7C, der.encode(0x82, key.decrypt(parts[0x81])))


class YubiKeyCard(PivCard):
    """The same as another maker's module (ykcs11) wants it: it asks for the version and the serial number first."""

    atr = bytes.fromhex('3BFD1300008131FE158073C021C057597562694B657940')

    def execute(self, command):
        if command.ins == 0xFD:
            return OK, bytes([5, 2, 7])
        if command.ins == 0xF8:
            return OK, (12345678).to_bytes(4, 'big')
        return super().execute(command)
