"""Each compiler of the release, each level of optimisation."""
from verb_check import run_script


def main(mirror, lower, shots):
    run_script(mirror, lower, shots, 'tools/try-compilers')
