"""As much of DER as cards and keys need."""


def encode_length(length):
    if length < 128:
        return bytes([length])
    octets = length.to_bytes((length.bit_length() + 7) // 8, 'big')
    return bytes([0x80 | len(octets)]) + octets


def encode(tag, value):
    return tag.to_bytes((tag.bit_length() + 7) // 8, 'big') + encode_length(len(value)) + value


def decode(data, offset=0):
    """Gives tag, value and where the next one begins."""
    tag = data[offset]
    offset += 1
    if tag & 0x1F == 0x1F:
        while True:
            tag = tag << 8 | data[offset]
            offset += 1
            if not data[offset - 1] & 0x80:
                break
    length = data[offset]
    offset += 1
    if length & 0x80:
        n_octets = length & 0x7F
        length = int.from_bytes(data[offset:offset + n_octets], 'big')
        offset += n_octets
    return tag, data[offset:offset + length], offset + length


def decode_all(data):
    """The (tag, value) pairs that stand in DATA one after the other."""
    offset = 0
    while offset < len(data):
        tag, value, offset = decode(data, offset)
        yield tag, value
