import asyncio
import os
import shutil
import socket
import struct
import tempfile
from typing import NamedTuple

from oracle import Oops, new_loop, say, scenario

HOST = '127.0.0.1'

# More than the buffers of a TCP connection take
MUCH = 16_000_000


def failure(error):
    """Says an error in words that suit both languages."""
    if isinstance(error, ConnectionRefusedError):
        return 'refused'
    return 'broken' if isinstance(error, ConnectionError) else error


class Streams(NamedTuple):
    """One end of a connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter


class Net:
    """A loop, and what it listens on until the end of the scenario."""

    def __init__(self):
        self.loop = new_loop()
        self.loop.set_exception_handler(lambda loop, context: say('handler:', context['exception']))
        self.directory = tempfile.mkdtemp()
        self.path = os.path.join(self.directory, 'socket')
        self.servers = []

    def __enter__(self):
        return self

    def __exit__(self, *error):
        for server in self.servers:
            server.close()
        shutil.rmtree(self.directory)

    def wait(self, awaitable):
        return self.loop.run_until_complete(asyncio.wait_for(awaitable, 10))

    def begin(self, coroutine):
        return self.loop.create_task(coroutine)

    def attempt(self, what, awaitable):
        try:
            result = self.wait(awaitable)
        except BaseException as error:
            say(what, 'fails:', failure(error))
        else:
            say(what, 'gives', result)

    def settle(self):
        """Give what should not happen the time to happen."""
        self.wait(asyncio.sleep(0.02))

    def serve(self, handler):
        server = self.wait(asyncio.start_server(handler, HOST, 0))
        self.servers.append(server)
        return server

    def open(self, server, **options):
        return Streams(*self.wait(asyncio.open_connection(HOST, server.sockets[0].getsockname()[1], **options)))

    def connect(self, **options):
        """Give both ends of a connection."""
        accepted = self.loop.create_future()
        listening = self.serve(lambda reader, writer: accepted.set_result(Streams(reader, writer)))
        return self.open(listening, **options), self.wait(accepted)

    def close(self, *ends):
        for end in ends:
            end.writer.close()
        for end in ends:
            self.wait(end.writer.wait_closed())


@scenario
def lines_are_sent_both_ways():
    with Net() as net:
        client, server = net.connect()
        for word in (b'one\n', b'two\n'):
            client.writer.write(word)
            net.wait(client.writer.drain())
            say('server', net.wait(server.reader.readline()))
            server.writer.write(b'got ' + word)
            net.wait(server.writer.drain())
            say('client', net.wait(client.reader.readline()))
        client.writer.write(b'rest')
        client.writer.close()
        say('server', net.wait(server.reader.readline()), net.wait(server.reader.readline()))
        net.close(client, server)


@scenario
def reads_take_what_they_ask_for():
    with Net() as net:
        client, server = net.connect()
        client.writer.write(b'0123456789')
        say(net.wait(server.reader.readexactly(4)), net.wait(server.reader.read(3)), net.wait(server.reader.read(100)))
        say(net.wait(server.reader.read(0)), net.wait(server.reader.readexactly(0)))
        net.close(client, server)


@scenario
def exact_read_of_too_little():
    with Net() as net:
        client, server = net.connect()
        client.writer.write(b'abc')
        client.writer.close()
        try:
            net.wait(server.reader.readexactly(4))
        except asyncio.IncompleteReadError as error:
            say('raises', error, error.partial)
        net.attempt('exact read at the end', server.reader.readexactly(1))
        say(server.reader.at_eof())
        net.close(client, server)


@scenario
def reading_to_the_end():
    with Net() as net:
        client, server = net.connect()
        client.writer.write(b'all of it')
        say(server.reader.at_eof())
        client.writer.close()
        net.settle()
        say(server.reader.at_eof())
        say(net.wait(server.reader.read()), server.reader.at_eof())
        say(net.wait(server.reader.read()), net.wait(server.reader.read(1)), net.wait(server.reader.readline()))
        net.close(client, server)


@scenario
def end_can_be_answered():
    with Net() as net:
        client, server = net.connect()
        client.writer.write(b'question')
        client.writer.write_eof()
        say('server', net.wait(server.reader.read()), server.writer.is_closing())
        server.writer.write(b'answer')
        server.writer.close()
        say('client', net.wait(client.reader.read()), client.writer.is_closing())
        net.close(client, server)


@scenario
def end_does_not_close():
    with Net() as net:
        client, server = net.connect()
        server.writer.close()
        net.wait(server.writer.wait_closed())
        say(net.wait(client.reader.read()), client.writer.is_closing())
        net.attempt('drain', client.writer.drain())
        net.close(client)
        say(client.writer.is_closing())


@scenario
def closing_ends_both_sides():
    with Net() as net:
        client, server = net.connect()
        reading = net.begin(client.reader.readline())
        net.settle()
        client.writer.write(b'bye\n')
        say(client.writer.is_closing())
        client.writer.close()
        client.writer.close()
        say(client.writer.is_closing())
        net.attempt('closed', client.writer.wait_closed())
        net.attempt('closed', client.writer.wait_closed())
        net.attempt('read', reading)
        say(client.reader.at_eof())
        say('server', net.wait(server.reader.read()))
        net.close(server)


@scenario
def closing_keeps_what_was_received():
    with Net() as net:
        client, server = net.connect()
        server.writer.write(b'one\ntwo\n')
        say(net.wait(client.reader.readline()))
        net.close(client)
        say(client.reader.at_eof(), net.wait(client.reader.readline()), net.wait(client.reader.readline()))
        net.close(server)


@scenario
def writing_after_the_close_is_lost():
    with Net() as net:
        client, server = net.connect()
        client.writer.write(b'sent')
        client.writer.close()
        client.writer.write(b'lost')
        net.attempt('drain', client.writer.drain())
        net.wait(client.writer.wait_closed())
        client.writer.write(b'lost')
        net.attempt('drain', client.writer.drain())
        say('server', net.wait(server.reader.read()))
        net.close(server)


@scenario
def handler_serves_each_client():
    with Net() as net:
        async def handler(reader, writer):
            while line := await reader.readline():
                writer.write(line.upper())
            writer.write(b'end\n')
            writer.close()

        listening = net.serve(handler)
        clients = [net.open(listening) for _ in range(3)]
        for number, client in enumerate(clients):
            client.writer.write(f'line {number}\n'.encode())
        for client in reversed(clients):
            say(net.wait(client.reader.readline()))
        listening.close()
        for client in clients:
            client.writer.write_eof()
            say(net.wait(client.reader.read()))
        net.close(*clients)
        net.attempt('server', listening.wait_closed())


@scenario
def handler_fails():
    with Net() as net:
        async def handler(reader, writer):
            await reader.readline()
            writer.write(b'so far\n')
            raise Oops

        client = net.open(net.serve(handler))
        client.writer.write(b'go\n')
        say(net.wait(client.reader.read()))
        net.close(client)


@scenario
def handler_that_is_no_task():
    with Net() as net:
        def handler(reader, writer):
            writer.write(b'hello\n')
            writer.close()

        client = net.open(net.serve(handler))
        say(net.wait(client.reader.read()))
        net.close(client)


@scenario
def handler_that_is_no_task_fails():
    with Net() as net:
        def handler(reader, writer):
            writer.write(b'so far\n')
            raise Oops

        client = net.open(net.serve(handler))
        say(net.wait(client.reader.readline()))
        net.settle()
        say('end', client.reader.at_eof())
        net.close(client)


@scenario
def line_over_the_limit():
    with Net() as net:
        client, server = net.connect(limit=10)
        server.writer.write(b'0123456789\n')
        net.attempt('longest line', client.reader.readline())
        server.writer.write(b'x' * 20 + b'\nnext\n')
        net.attempt('line', client.reader.readline())
        net.attempt('line', client.reader.readline())
        server.writer.write(b'x' * 20)
        net.attempt('no line', client.reader.readline())
        server.writer.write(b'tail\n')
        net.attempt('line', client.reader.readline())
        server.writer.write(b'x' * 100)
        net.attempt('exact read', client.reader.readexactly(100))
        net.close(client, server)


@scenario
def reset_while_reading():
    with Net() as net:
        with socket.create_server((HOST, 0)) as listening:
            client = Streams(*net.wait(asyncio.open_connection(*listening.getsockname())))
            peer, _ = listening.accept()
        peer.send(b'part')
        reading = net.begin(client.reader.readline())
        net.settle()
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        peer.close()
        net.attempt('read', reading)
        net.attempt('read again', client.reader.read(1))
        net.attempt('drain', client.writer.drain())
        net.attempt('closed', client.writer.wait_closed())
        say(client.writer.is_closing(), client.reader.at_eof())


@scenario
def drain_waits_for_the_reader():
    with Net() as net:
        client, server = net.connect()
        client.writer.write(b'x')
        net.attempt('drain', client.writer.drain())
        client.writer.write(b'x' * (MUCH - 1))
        drains = [net.begin(client.writer.drain()) for _ in range(2)]
        net.settle()
        say(*(drain.done() for drain in drains))
        say(len(net.wait(server.reader.readexactly(MUCH))))
        for drain in drains:
            net.attempt('drain', drain)
        net.close(client, server)


@scenario
def reads_at_the_same_time():
    with Net() as net:
        client, server = net.connect()
        reading = net.begin(client.reader.readline())
        net.settle()
        net.attempt('second', client.reader.read(1))
        server.writer.write(b'line\n')
        net.attempt('first', reading)
        net.close(client, server)


@scenario
def cancelled_read_takes_nothing():
    with Net() as net:
        client, server = net.connect()
        reading = net.begin(client.reader.readline())
        server.writer.write(b'half ')
        net.settle()
        reading.cancel()
        net.attempt('read', reading)
        server.writer.write(b'and half\n')
        net.attempt('read', client.reader.readline())
        net.close(client, server)


@scenario
def unix_sockets_are_streams():
    with Net() as net:
        def handler(reader, writer):
            writer.write(b'hello\n')

        net.servers.append(net.wait(asyncio.start_unix_server(handler, net.path)))
        client = Streams(*net.wait(asyncio.open_unix_connection(net.path)))
        say(net.wait(client.reader.readline()))
        net.close(client)


@scenario
def refused_connection():
    with Net() as net:
        with socket.create_server((HOST, 0)) as listening:
            port = listening.getsockname()[1]
        net.attempt('open', asyncio.open_connection(HOST, port))


@scenario
def missing_unix_socket():
    with Net() as net:
        net.attempt('open', asyncio.open_unix_connection(net.path))


@scenario
def much_data_is_sent_back():
    with Net() as net:
        async def handler(reader, writer):
            while data := await reader.read(10_000):
                writer.write(data)
                await writer.drain()
            writer.close()

        client = net.open(net.serve(handler))
        client.writer.write(b'x' * (MUCH // 4))
        client.writer.write_eof()
        say(len(net.wait(client.reader.read())))
        net.close(client)
