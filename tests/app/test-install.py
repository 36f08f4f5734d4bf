#!/usr/bin/python3
"""What `meson install` puts down is a whole program: installed below a folder of its own it starts there, finds all its parts,
and does not look into the build folder. Says TAP.

usage: test-install.py SOURCE BUILD HEADLESS"""
import os
import shutil
import subprocess
import sys
import tempfile
