"""The Japanese My Number card as OpenSC's driver knows it: two certificates with a key and a PIN each; the signature
certificate cannot be read before its PIN."""
from .card import Card, NO_INSTRUCTION, NO_REFERENCE, NOT_ALLOWED, NOT_FOUND, OK, Pin, WRONG_DATA
from .rsa import RsaKey

AUTHENTICATION_PIN, SIGNATURE_PIN = b'1234', b'ABC123'
APPLICATION = bytes.fromhex('D392F000260100000001')
# Elementary files.
AUTHENTICATION_CERTIFICATE, AUTHENTICATION_CA = 0x000A, 0x000B
SIGNATURE_CERTIFICATE, SIGNATURE_CA = 0x0001, 0x0002
AUTHENTICATION_REFERENCE, SIGNATURE_REFERENCE = 0x0018, 0x001B
AUTHENTICATION_KEY, SIGNATURE_KEY = 0x0017, 0x001A


class JpkiCard(Card):
    atr = bytes.fromhex('3BE000FF8131FE4514')

    def __init__(self, files):
        super().__init__(files)
        self.certificates = {
            AUTHENTICATION_CERTIFICATE: self.read('authentication.der'), AUTHENTICATION_CA: self.read('authority.der'),
            SIGNATURE_CERTIFICATE: self.read('signature.der'), SIGNATURE_CA: self.read('authority.der'),
        }
        self.keys = {AUTHENTICATION_KEY: RsaKey(files + '/authentication.key'), SIGNATURE_KEY: RsaKey(files + '/signature.key')}
        self.pins = {AUTHENTICATION_REFERENCE: Pin(AUTHENTICATION_PIN, 3), SIGNATURE_REFERENCE: Pin(SIGNATURE_PIN, 5)}
        self.pin_of_key = {AUTHENTICATION_KEY: AUTHENTICATION_REFERENCE, SIGNATURE_KEY: SIGNATURE_REFERENCE}
        self.is_selected = False
        self.file = None

    def power(self):
        super().power()
        self.is_selected = False
        self.file = None

    def execute(self, command):
        if command.ins == 0xA4 and command.p1 == 4:
            self.is_selected = self.is_selected or command.data == APPLICATION
            self.file = None
            return (OK if command.data == APPLICATION else NOT_FOUND), b''
        if not self.is_selected:
            return (NOT_FOUND if command.ins == 0xA4 else NO_INSTRUCTION), b''
        if command.ins == 0xA4 and command.p1 == 2:
            return self._select_file(int.from_bytes(command.data, 'big')), b''
        if command.ins == 0xB0:
            return self._read_binary(command)
        if command.ins == 0x20 and command.p2 == 0x80:
            return self._verify(command.data), b''
        if command.cla == 0x80 and command.ins == 0x2A and (command.p1, command.p2) == (0, 0x80):
            return self._sign(command.data)
        return NO_INSTRUCTION, b''

    def _select_file(self, file):
        if file not in self.certificates and file not in self.keys and file not in self.pins:
            return NOT_FOUND
        self.file = file
        return OK

    def _read_binary(self, command):
        data = self.certificates.get(self.file)
        offset = command.p1 << 8 | command.p2
        if data is None:
            return 0x6986, b''
        if self.file == SIGNATURE_CERTIFICATE and not self.pins[SIGNATURE_REFERENCE].is_verified:
            return NOT_ALLOWED, b''
        return (OK, data[offset:offset + (command.le or 256)]) if offset < len(data) else (0x6B00, b'')

    def _verify(self, value):
        pin = self.pins.get(self.file)
        if pin is None:
            return NO_REFERENCE
        if not value:
            return 0x63C0 | pin.tries
        if pin.tries == 0:
            return 0x6984
        return OK if pin.verify(value) else 0x63C0 | pin.tries

    def _sign(self, digest_info):
        key = self.keys.get(self.file)
        if key is None:
            return NO_REFERENCE, b''
        if not self.pins[self.pin_of_key[self.file]].is_verified:
            return NOT_ALLOWED, b''
        signature = key.sign(digest_info)
        return (OK, signature) if signature else (WRONG_DATA, b'')
