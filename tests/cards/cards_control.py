#!/usr/bin/python3
"""control COMMAND...: tells the emulated cards of with-cards what to do (emulator/__main__.py lists the commands)."""
import json
import os
import socket
import sys


def call(*words):
    """Gives the command's result; an AssertionError when it failed."""
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(os.environ['TEST_CARDS_SOCKET'])
    with connection, connection.makefile('rw', encoding='utf-8') as file:
        file.write(' '.join(str(word) for word in words) + '\n')
        file.flush()
        answer = json.loads(file.readline())
    if 'error' in answer:
        raise AssertionError('%s: %s' % (' '.join(map(str, words)), answer['error']))
    return answer['result']


if __name__ == '__main__':
    print(json.dumps(call(*sys.argv[1:])))
