"""Emulated IC cards in virtual readers: python3 -m emulator."""
