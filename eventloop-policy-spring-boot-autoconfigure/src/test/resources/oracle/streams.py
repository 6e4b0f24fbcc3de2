import asyncio
import signal
from asyncio.subprocess import PIPE, STDOUT

from oracle import attempt, new_loop, say, scenario


def play(script):
    loop = new_loop()
    loop.run_until_complete(script())


async def shell(command, **options):
    return await asyncio.create_subprocess_exec('/bin/sh', '-c', command, **options)


async def attempt_start(what, *command):
    try:
        await asyncio.create_subprocess_exec(*command)
    except OSError as error:
        say(what, 'raises', error)


@scenario
def communicate_sends_and_collects():
    async def script():
        child = await shell('cat; echo err >&2; exit 3', stdin=PIPE, stdout=PIPE, stderr=PIPE)
        output = await child.communicate(b'hello\n')
        say(*output, child.returncode)

    play(script)


@scenario
def communicate_without_input_closes_stdin():
    async def script():
        for given in (None, b''):
            child = await shell('cat; echo end', stdin=PIPE, stdout=PIPE)
            output = await child.communicate(given)
            say(*output, child.returncode)

    play(script)


@scenario
def communicate_without_pipes():
    async def script():
        child = await shell('exit 1')
        output = await child.communicate()
        say(*output, child.returncode)

    play(script)


@scenario
def communicate_with_merged_outputs():
    async def script():
        child = await shell('echo out; echo err >&2', stdout=PIPE, stderr=STDOUT)
        output = await child.communicate()
        say(*output, child.returncode)

    play(script)


@scenario
def communicate_twice():
    async def script():
        child = await shell('cat', stdin=PIPE, stdout=PIPE)
        say(*await child.communicate(b'once'))
        say(*await child.communicate())

    play(script)


@scenario
def communicate_with_a_child_that_does_not_read():
    async def script():
        child = await shell('exec <&-; echo out', stdin=PIPE, stdout=PIPE)
        output = await child.communicate(b'x' * 1_000_000)
        say(*output, child.returncode)

    play(script)


@scenario
def communicate_with_much():
    async def script():
        child = await shell('cat', stdin=PIPE, stdout=PIPE)
        stdout, stderr = await child.communicate(b'x' * 1_000_000)
        say(len(stdout), stderr, child.returncode)

    play(script)


@scenario
def input_without_a_pipe():
    async def script():
        child = await shell('exit 0')
        try:
            say(*await child.communicate(b'dropped'))
        except Exception as error:
            say('raises', error)
        await child.wait()

    play(script)


@scenario
def everyone_who_waits_is_told():
    async def script():
        child = await shell('read line; exit 4', stdin=PIPE)
        waiters = [asyncio.ensure_future(child.wait()) for _ in range(3)]
        say(child.returncode)
        child.stdin.close()
        say(*[await waiter for waiter in waiters], await child.wait(), child.returncode)

    play(script)


@scenario
def cancelled_waiter_disturbs_no_other():
    async def script():
        child = await shell('read line; exit 4', stdin=PIPE)
        first = asyncio.ensure_future(child.wait())
        second = asyncio.ensure_future(child.wait())
        await asyncio.sleep(0)
        first.cancel()
        child.stdin.close()
        say(await second, first.cancelled(), child.returncode)

    play(script)


@scenario
def exit_codes_are_those_of_the_shell():
    async def script():
        for command in ('exit 7', 'no-such-command 2>/dev/null', 'kill -TERM $$', 'kill -KILL $$'):
            child = await shell(command)
            say(await child.wait())

    play(script)


@scenario
def program_that_cannot_be_started():
    async def script():
        await attempt_start('missing', '/no/such/program')
        await attempt_start('missing on the path', 'no-such-program')
        await attempt_start('not a program', '/dev/null')

    play(script)


@scenario
def environment_replaces_the_inherited_one():
    async def script():
        child = await shell('echo $A-$HOME-', stdout=PIPE, env={'A': '1'})
        say((await child.communicate())[0])

    play(script)


@scenario
def streams_are_read_and_written_by_hand():
    async def script():
        child = await shell('while read line; do echo "<$line>"; done; printf rest', stdin=PIPE, stdout=PIPE)
        for word in (b'one\n', b'two\n'):
            child.stdin.write(word)
            await child.stdin.drain()
            say(await child.stdout.readline())
        child.stdin.close()
        say(await child.stdout.read(), child.stdout.at_eof(), await child.wait())
        say(await child.stdout.readline(), await child.stdout.read())

    play(script)


@scenario
def exact_read_of_too_little():
    async def script():
        child = await shell('printf abcde', stdout=PIPE)
        say(await child.stdout.readexactly(3))
        try:
            await child.stdout.readexactly(3)
        except asyncio.IncompleteReadError as error:
            say('raises', error, error.partial)
        await child.wait()

    play(script)


@scenario
def finished_child_is_not_signalled():
    async def script():
        child = await shell('exit 0')
        await child.wait()
        attempt('kill', child.kill)
        attempt('terminate', child.terminate)
        attempt('send_signal', lambda: child.send_signal(signal.SIGTERM))
        say(child.returncode)

    play(script)


@scenario
def running_child_is_signalled():
    async def script():
        child = await shell('exec sleep 60')
        say(child.returncode)
        child.terminate()
        say(await child.wait(), child.returncode)

    play(script)
