"""`./check` as a stranger types it."""
import os

from system import System


def main(mirror, lower, shots):
    with System(mirror, [lower], 'check') as system:
        folder = system.clone()
        os.makedirs(shots, exist_ok=True)
        system.must('./check', folder=folder, log=os.path.join(shots, 'check.log'))
