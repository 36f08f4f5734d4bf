"""RSA private keys (RFC 8017), without the padding that the terminal does."""
from . import der


class RsaKey:
    def __init__(self, path):
        with open(path, 'rb') as file:
            _, sequence, _ = der.decode(file.read())
        numbers = [int.from_bytes(value, 'big') for _, value in der.decode_all(sequence)]
        _, self.n, _, _, self.p, self.q, self.d_p, self.d_q, self.q_inverse = numbers[:9]
        self.size = (self.n.bit_length() + 7) // 8

    def decrypt(self, message):
        """The raw operation (RSADP, 5.1.2); None for a number that is too large."""
        number = int.from_bytes(message, 'big')
        if number >= self.n:
            return None
        a = pow(number % self.p, self.d_p, self.p)
        b = pow(number % self.q, self.d_q, self.q)
        return (b + self.q * ((self.q_inverse * (a - b)) % self.p)).to_bytes(self.size, 'big')

    def sign(self, digest_info):
        """EMSA-PKCS1-v1_5 (9.2) round a ready DigestInfo."""
        if len(digest_info) > self.size - 11:
            return None
        return self.decrypt(b'\0\1' + b'\xff' * (self.size - 3 - len(digest_info)) + b'\0' + digest_info)
