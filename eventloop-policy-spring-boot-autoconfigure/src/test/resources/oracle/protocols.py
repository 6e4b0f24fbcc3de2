import asyncio
import signal
from subprocess import PIPE

from oracle import attempt, new_loop, say, scenario, text


class Teller(asyncio.SubprocessProtocol):

    def __init__(self, loop):
        self.loop = loop
        self.told = {}

    def tell(self, *words):
        say(*words)
        event = ' '.join(text(word) for word in words)
        if not self.after(event).done():
            self.after(event).set_result(None)

    def after(self, event):
        return self.told.setdefault(event, self.loop.create_future())

    def connection_made(self, transport):
        self.tell('made')

    def pipe_data_received(self, fd, data):
        self.tell('data', fd, data)

    def pipe_connection_lost(self, fd, exception):
        self.tell('pipe', fd, 'lost', exception)

    def process_exited(self):
        self.tell('exited')

    def connection_lost(self, exception):
        self.tell('lost', exception)


async def nothing(transport, teller):
    pass


def play(command, script=nothing, stdin=None, stdout=None, stderr=None):
    loop = new_loop()

    async def main():
        transport, teller = await loop.subprocess_exec(lambda: Teller(loop), '/bin/sh', '-c', command, stdin=stdin,
                                                       stdout=stdout, stderr=stderr)
        await script(transport, teller)
        await teller.after('lost null')
        say('code', transport.get_returncode())

    loop.run_until_complete(main())


@scenario
def exit_without_pipes():
    play('exit 3')


@scenario
def pipes_end_before_the_exit():
    async def script(transport, teller):
        await teller.after('pipe 1 lost null')
        say('running', transport.get_returncode())
        transport.get_pipe_transport(0).close()

    play('echo out; exec >&-; read line; exit 2', script, stdin=PIPE, stdout=PIPE)


@scenario
def exit_before_the_pipes_end():
    async def script(transport, teller):
        await teller.after('exited')
        say('code', transport.get_returncode())
        transport.get_pipe_transport(0).write_eof()

    play('exec 3<&0; (read line <&3; echo late) & exit 2', script, stdin=PIPE, stdout=PIPE)


@scenario
def both_outputs_are_told_apart():
    async def script(transport, teller):
        await teller.after('pipe 1 lost null')
        transport.get_pipe_transport(0).write(b'go on\n')
        await teller.after('pipe 2 lost null')
        transport.get_pipe_transport(0).close()

    play('echo out; exec >&-; read line; echo err >&2; exec 2>&-; read line; exit 0', script, stdin=PIPE, stdout=PIPE,
         stderr=PIPE)


@scenario
def child_is_signalled():
    for send in ('kill', 'terminate', 'send_signal'):
        async def script(transport, teller):
            getattr(transport, send)(*([signal.SIGTERM] if send == 'send_signal' else []))

        say(send)
        play('exec sleep 60', script)


@scenario
def any_signal_is_sent():
    async def script(transport, teller):
        transport.send_signal(signal.SIGUSR1)

    play('exec sleep 60', script)


@scenario
def finished_child_is_not_signalled():
    async def script(transport, teller):
        await teller.after('lost null')
        attempt('kill', transport.kill)
        attempt('terminate', transport.terminate)
        attempt('send_signal', lambda: transport.send_signal(signal.SIGTERM))

    play('exit 0', script)


@scenario
def closing_kills_the_child():
    async def script(transport, teller):
        say(transport.is_closing())
        transport.close()
        transport.close()
        say(transport.is_closing())

    play('exec sleep 60', script, stdin=PIPE, stdout=PIPE, stderr=PIPE)


@scenario
def closing_a_finished_child_changes_nothing():
    async def script(transport, teller):
        await teller.after('lost null')
        transport.close()

    play('exit 5', script)


@scenario
def pipe_transports_are_those_of_the_pipes():
    async def script(transport, teller):
        say(*(transport.get_pipe_transport(fd) is None for fd in range(4)))
        transport.get_pipe_transport(0).close()

    play('read line', script, stdin=PIPE)


@scenario
def child_is_talked_to():
    async def script(transport, teller):
        for word in ('one', 'two'):
            transport.get_pipe_transport(0).write(f'{word}\n'.encode())
            await teller.after(f'data 1 {word}/')
        transport.get_pipe_transport(0).close()
        await teller.after('pipe 1 lost null')
        transport.kill()

    play('while read line; do echo "$line"; done; exec >&-; exec sleep 60', script, stdin=PIPE, stdout=PIPE)
