"""Runs the scenarios of a module on CPython's asyncio and prints what happens.

    python3.12 oracle.py MODULE [SCENARIO]

A module is a file beside this one; its scenarios have the names of the Java ones. The output is one block for each: its
name behind a '#', then an event a line.
"""

import asyncio
import importlib
import sys
import warnings

SCENARIOS = []


def scenario(function):
    SCENARIOS.append(function)
    return function


class Oops(Exception):
    """An error of the scenario's own."""


class Fatal(SystemExit):
    """An error that leaves the loop."""


def say(*words):
    print(*(text(word) for word in words), flush=True)


def text(word):
    if word is None or isinstance(word, bool):
        return {None: 'null', True: 'true', False: 'false'}[word]
    if isinstance(word, (bytes, bytearray)):
        return bytes(word).decode().replace('\n', '/')
    if isinstance(word, (list, tuple)):
        return '[' + ', '.join(text(each) for each in word) + ']'
    if isinstance(word, BaseException):
        return type(word).__name__
    return str(word)


def attempt(what, call):
    try:
        result = call()
    except BaseException as error:
        say(what, 'raises', error)
    else:
        say(what, 'gives', result)


def fail():
    raise Oops


def run_once(loop):
    loop.stop()
    loop.run_forever()


def new_loop():
    loop = asyncio.new_event_loop()
    LOOPS.append(loop)
    return loop


LOOPS = []


def perform(function):
    say('#', function.__name__)
    asyncio.set_event_loop_policy(None)
    asyncio.set_child_watcher(asyncio.ThreadedChildWatcher())
    try:
        function()
    finally:
        while LOOPS:
            LOOPS.pop().close()


def main(module, *names):
    warnings.simplefilter('ignore')
    importlib.import_module(module)
    for function in sys.modules['oracle'].SCENARIOS:
        if not names or function.__name__ in names:
            perform(function)


if __name__ == '__main__':
    sys.modules['oracle'] = sys.modules['__main__']
    main(*sys.argv[1:])
