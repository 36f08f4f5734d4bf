"""`./check` as a stranger types it."""
import os

from system import System


def run_script(mirror, lower, shots, script):
    """SCRIPT of the tree, in a clean clone on a fresh system; what it prints is kept."""
    os.makedirs(shots, exist_ok=True)
    with System(mirror, [lower], os.path.basename(script)) as system:
        system.must('./' + script, folder=system.clone(), log=os.path.join(shots, 'output.log'))


def main(mirror, lower, shots):
    run_script(mirror, lower, shots, 'check')
