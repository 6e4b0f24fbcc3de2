import asyncio
import errno
import gc
import os
import shutil
import socket
import struct
import tempfile

from oracle import Oops, attempt, new_loop, say, scenario, text

HOST = '127.0.0.1'

# More than the buffers of a TCP connection take
MUCH = 16_000_000


def failure(error):
    """Says an error in words that suit both languages."""
    if isinstance(error, ConnectionRefusedError):
        return 'refused'
    if isinstance(error, ConnectionResetError):
        return 'reset'
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        return 'address in use'
    return error


class Teller(asyncio.Protocol):
    """Notes every call; what happens on two sides at the same time has no order, so each is shown by itself."""

    def __init__(self, net, name):
        self.net = net
        self.name = name
        self.events = []
        self.told = {}
        self.transport = None
        self.gone = net.loop.create_future()

    def tell(self, *words):
        event = ' '.join(text(word) for word in words)
        self.events.append(event)
        if not self.after(event).done():
            self.after(event).set_result(None)

    def after(self, event):
        return self.told.setdefault(event, self.net.loop.create_future())

    def show(self):
        for event in self.events:
            say(self.name, event)

    def connection_made(self, transport):
        self.transport = transport
        self.tell('made')

    def data_received(self, data):
        self.tell('data', data)

    def eof_received(self):
        self.tell('eof')

    def pause_writing(self):
        self.tell('pause')

    def resume_writing(self):
        self.tell('resume')

    def connection_lost(self, exception):
        self.tell('lost', failure(exception))
        self.gone.set_result(None)


class Answering(Teller):
    """Has more to write when the other side has not."""

    def eof_received(self):
        super().eof_received()
        return True


class Counting(Answering):
    """Counts what arrives, in whatever pieces."""

    def __init__(self, net, name):
        super().__init__(net, name)
        self.count = 0
        self.much = net.loop.create_future()

    def data_received(self, data):
        self.count += len(data)
        if self.count >= MUCH and not self.much.done():
            self.much.set_result(None)

    def tell_count(self):
        self.tell('received', self.count)

    def pause_writing(self):
        pass

    def resume_writing(self):
        pass


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

    def attempt(self, what, awaitable):
        try:
            self.wait(awaitable)
        except BaseException as error:
            say(what, 'fails:', failure(error))
        else:
            say(what, 'succeeds')

    def settle(self):
        """Give what should not happen the time to happen."""
        self.wait(asyncio.sleep(0.02))

    def serve(self, factory, port=0, **options):
        server = self.wait(self.loop.create_server(factory, HOST, port, **options))
        self.servers.append(server)
        return server

    def serve_unix(self, factory):
        server = self.wait(self.loop.create_unix_server(factory, self.path))
        self.servers.append(server)
        return server

    def connecting(self, client, server):
        return self.loop.create_connection(lambda: client, HOST, port_of(server))

    def connecting_unix(self, client):
        return self.loop.create_unix_connection(lambda: client, self.path)

    def connect(self, client, server):
        listening = self.serve(lambda: server)
        self.wait(self.connecting(client, listening))
        self.wait(server.after('made'))
        return listening

    def connect_unix(self, client, server):
        self.serve_unix(lambda: server)
        self.wait(self.connecting_unix(client))
        self.wait(server.after('made'))

    def connect_raw(self, client):
        """Connect to a socket that no loop has."""
        with socket.create_server((HOST, 0)) as listening:
            self.wait(self.loop.create_connection(lambda: client, *listening.getsockname()))
            return listening.accept()[0]

    def end(self, *tellers):
        for teller in tellers:
            self.wait(teller.gone)
        for teller in tellers:
            teller.show()


def port_of(server):
    return server.sockets[0].getsockname()[1]


def unused_port():
    with socket.create_server((HOST, 0)) as listening:
        return listening.getsockname()[1]


def reset(peer):
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
    peer.close()


@scenario
def connection_is_made_then_lost():
    with Net() as net:
        client, server = Teller(net, 'client'), Teller(net, 'server')

        def factory(teller):
            teller.tell('factory')
            return teller

        listening = net.serve(lambda: factory(server))
        transport, protocol = net.wait(net.loop.create_connection(lambda: factory(client), HOST, port_of(listening)))
        client.tell('connected', transport is client.transport, protocol is client)
        net.wait(server.after('made'))
        transport.close()
        net.end(client, server)


@scenario
def data_arrives_on_both_sides():
    with Net() as net:
        client, server = Teller(net, 'client'), Teller(net, 'server')
        net.connect(client, server)
        for word in ('one', 'two'):
            client.transport.write(word.encode())
            net.wait(server.after(f'data {word}'))
            server.transport.write(word.upper().encode())
            net.wait(client.after(f'data {word.upper()}'))
        server.transport.close()
        net.end(client, server)


@scenario
def empty_data_is_not_sent():
    with Net() as net:
        client, server = Teller(net, 'client'), Teller(net, 'server')
        net.connect(client, server)
        client.transport.write(b'')
        net.settle()
        client.transport.write(b'something')
        net.wait(server.after('data something'))
        client.transport.close()
        client.transport.write(b'')
        net.end(client, server)


@scenario
def protocol_writes_and_closes_when_it_is_connected():
    with Net() as net:
        class Brief(Teller):

            def connection_made(self, transport):
                super().connection_made(transport)
                transport.write(b'hello')
                transport.close()

        client, server = Teller(net, 'client'), Brief(net, 'server')
        net.connect(client, server)
        net.end(client, server)


@scenario
def code_that_waits_for_the_connection_goes_on_before_data():
    with Net() as net:
        class Greeting(Teller):

            def connection_made(self, transport):
                super().connection_made(transport)
                transport.write(b'hello')

        client, server = Teller(net, 'client'), Greeting(net, 'server')

        async def connect():
            await net.connecting(client, listening)
            client.tell('connected')

        listening = net.serve(lambda: server)
        net.wait(connect())
        net.wait(client.after('data hello'))
        server.transport.close()
        net.end(client, server)


@scenario
def protocol_closes_when_it_gets_data():
    with Net() as net:
        class Closing(Teller):

            def data_received(self, data):
                super().data_received(data)
                getattr(self.transport, way)()
                self.tell(way, self.transport.is_closing())

        for way in ('close', 'abort'):
            client, server = Teller(net, 'client'), Closing(net, 'server')
            net.connect(client, server)
            client.transport.write(b'hello')
            net.end(client, server)


@scenario
def end_can_be_answered():
    with Net() as net:
        client, server = Teller(net, 'client'), Answering(net, 'server')
        net.connect(client, server)
        client.transport.write(b'question')
        client.transport.write_eof()
        say('closing', client.transport.is_closing())
        net.wait(server.after('eof'))
        net.settle()
        say('closing', client.transport.is_closing(), server.transport.is_closing())
        server.transport.write(b'answer')
        server.transport.close()
        net.end(client, server)


@scenario
def connection_without_either_direction_stays_open():
    with Net() as net:
        client, server = Answering(net, 'client'), Answering(net, 'server')
        net.connect(client, server)
        client.transport.write_eof()
        net.wait(server.after('eof'))
        server.transport.write_eof()
        net.wait(client.after('eof'))
        net.settle()
        say('closing', client.transport.is_closing(), server.transport.is_closing())
        client.transport.close()
        net.wait(client.gone)
        net.settle()
        say('closing', server.transport.is_closing())
        server.transport.close()
        net.end(client, server)


@scenario
def writing_after_the_end_is_refused():
    with Net() as net:
        client, server = Teller(net, 'client'), Teller(net, 'server')
        net.connect(client, server)
        say(client.transport.can_write_eof())
        client.transport.write_eof()
        client.transport.write_eof()
        attempt('write', lambda: client.transport.write(b'more'))
        attempt('empty write', lambda: client.transport.write(b''))
        client.transport.close()
        attempt('write when closed', lambda: client.transport.write(b'more'))
        net.end(client, server)


@scenario
def writing_after_the_close_is_lost():
    with Net() as net:
        client, server = Teller(net, 'client'), Teller(net, 'server')
        net.connect(client, server)
        client.transport.write(b'sent')
        client.transport.close()
        client.transport.write(b'lost')
        client.transport.write_eof()
        client.transport.write(b'lost')
        net.wait(client.gone)
        client.transport.write(b'lost')
        net.end(client, server)


@scenario
def closing_and_aborting_twice():
    with Net() as net:
        for first, second in (('close', 'close'), ('close', 'abort'), ('abort', 'abort'), ('abort', 'close')):
            client, server = Teller(net, 'client'), Teller(net, 'server')
            net.connect(client, server)
            say(first, second, client.transport.is_closing(), client.transport.is_reading())
            getattr(client.transport, first)()
            say(client.transport.is_closing(), client.transport.is_reading())
            getattr(client.transport, second)()
            client.transport.pause_reading()
            client.transport.resume_reading()
            net.wait(client.gone)
            getattr(client.transport, second)()
            net.end(client, server)


@scenario
def closing_sends_what_is_buffered():
    with Net() as net:
        client, server = Teller(net, 'client'), Counting(net, 'server')
        net.connect(client, server)
        server.transport.pause_reading()
        client.transport.write(b'x' * MUCH)
        client.transport.close()
        net.settle()
        client.tell('closing', client.transport.is_closing(), client.transport.get_write_buffer_size() > 0)
        server.transport.resume_reading()
        net.wait(server.after('eof'))
        server.tell_count()
        server.transport.close()
        net.end(client, server)


@scenario
def writing_while_the_close_sends_is_late():
    with Net() as net:
        client, server = Teller(net, 'client'), Counting(net, 'server')
        net.connect(client, server)
        server.transport.pause_reading()
        client.transport.write(b'x' * MUCH)
        client.transport.close()
        client.transport.write(b'late')
        client.transport.write_eof()
        server.transport.resume_reading()
        net.wait(server.after('eof'))
        server.tell_count()
        server.transport.close()
        net.end(client, server)


@scenario
def aborting_drops_what_is_buffered():
    for closed in (False, True):
        with Net() as net:
            client, server = Teller(net, 'client'), Counting(net, 'server')
            net.connect(client, server)
            server.transport.pause_reading()
            client.transport.write(b'x' * MUCH)
            if closed:
                client.transport.close()
            client.transport.abort()
            say('closing', client.transport.is_closing())
            net.wait(client.gone)
            server.transport.resume_reading()
            net.wait(server.after('eof'))
            say('all', server.count == MUCH)
            server.transport.close()
            net.end(client, server)


@scenario
def end_waits_for_what_is_buffered():
    with Net() as net:
        client, server = Teller(net, 'client'), Counting(net, 'server')
        net.connect(client, server)
        server.transport.pause_reading()
        client.transport.write(b'x' * MUCH)
        client.transport.write_eof()
        attempt('write', lambda: client.transport.write(b'more'))
        net.settle()
        server.transport.resume_reading()
        net.wait(server.after('eof'))
        server.tell_count()
        server.transport.write(b'thanks')
        server.transport.close()
        net.end(client, server)


@scenario
def paused_reading_waits():
    with Net() as net:
        client, server = Teller(net, 'client'), Teller(net, 'server')
        net.connect(client, server)
        say(server.transport.is_reading())
        server.transport.pause_reading()
        server.transport.pause_reading()
        say(server.transport.is_reading())
        client.transport.write(b'later')
        net.settle()
        server.tell('resumed')
        server.transport.resume_reading()
        server.transport.resume_reading()
        say(server.transport.is_reading())
        net.wait(server.after('data later'))
        client.transport.close()
        net.end(client, server)


@scenario
def paused_reading_holds_back_the_end():
    with Net() as net:
        client, server = Teller(net, 'client'), Teller(net, 'server')
        net.connect(client, server)
        server.transport.pause_reading()
        client.transport.write(b'last')
        client.transport.close()
        net.wait(client.gone)
        net.settle()
        server.tell('resumed', server.transport.is_closing())
        server.transport.resume_reading()
        net.end(client, server)


@scenario
def protocol_pauses_reading_when_it_is_connected():
    with Net() as net:
        class Paused(Teller):

            def connection_made(self, transport):
                super().connection_made(transport)
                transport.pause_reading()

        client, server = Teller(net, 'client'), Paused(net, 'server')
        net.connect(client, server)
        client.transport.write(b'later')
        net.settle()
        server.tell('resumed')
        server.transport.resume_reading()
        net.wait(server.after('data later'))
        client.transport.close()
        net.end(client, server)


@scenario
def protocol_pauses_reading_when_it_gets_data():
    with Net() as net:
        class Sipping(Teller):

            def data_received(self, data):
                super().data_received(data)
                self.transport.pause_reading()

        client, server = Teller(net, 'client'), Sipping(net, 'server')
        net.connect(client, server)
        client.transport.write(b'one')
        net.wait(server.after('data one'))
        client.transport.write(b'two')
        net.settle()
        server.tell('resumed')
        server.transport.resume_reading()
        net.wait(server.after('data two'))
        server.transport.close()
        net.end(client, server)


@scenario
def writing_pauses_and_resumes():
    with Net() as net:
        client, server = Teller(net, 'client'), Counting(net, 'server')
        net.connect(client, server)
        server.transport.pause_reading()
        client.transport.set_write_buffer_limits(100_000, 50_000)
        client.transport.write(b'x' * (MUCH - 1))
        client.transport.write(b'x')
        client.tell('written')
        say('over', client.transport.get_write_buffer_size() > 100_000)
        net.settle()
        client.tell('still', client.transport.get_write_buffer_size() > 100_000)
        server.transport.resume_reading()
        net.wait(client.after('resume'))
        say('under', client.transport.get_write_buffer_size() <= 50_000)
        net.wait(server.much)
        server.tell_count()
        net.settle()
        say('left', client.transport.get_write_buffer_size())
        client.transport.close()
        net.wait(server.after('eof'))
        server.transport.close()
        net.end(client, server)


@scenario
def lower_limit_pauses_at_once():
    with Net() as net:
        client, server = Teller(net, 'client'), Counting(net, 'server')
        net.connect(client, server)
        server.transport.pause_reading()
        client.transport.set_write_buffer_limits(MUCH)
        client.transport.write(b'x' * MUCH)
        client.tell('written')
        attempt('low over high', lambda: client.transport.set_write_buffer_limits(1, 2))
        client.transport.set_write_buffer_limits(1000)
        client.tell('limited')
        server.transport.resume_reading()
        net.wait(client.after('resume'))
        client.transport.close()
        net.wait(server.after('eof'))
        server.transport.close()
        net.end(client, server)


@scenario
def protocol_fails_with_data():
    with Net() as net:
        class Failing(Teller):

            def data_received(self, data):
                super().data_received(data)
                raise Oops

        client, server = Teller(net, 'client'), Failing(net, 'server')
        net.connect(client, server)
        client.transport.write(b'hello')
        net.end(client, server)


@scenario
def protocol_fails_with_the_end():
    with Net() as net:
        class Failing(Teller):

            def eof_received(self):
                super().eof_received()
                raise Oops

        client, server = Teller(net, 'client'), Failing(net, 'server')
        net.connect(client, server)
        client.transport.write_eof()
        net.end(client, server)


@scenario
def protocol_fails_when_it_is_connected():
    with Net() as net:
        class Failing(Teller):

            def connection_made(self, transport):
                super().connection_made(transport)
                raise Oops

        client, server = Failing(net, 'client'), Teller(net, 'server')
        net.connect(client, server)
        say('closing', client.transport.is_closing())
        server.transport.write(b'hello')
        net.wait(client.after('data hello'))
        client.transport.close()
        net.end(client, server)


@scenario
def protocol_fails_when_it_is_disconnected():
    with Net() as net:
        class Failing(Teller):

            def connection_lost(self, exception):
                super().connection_lost(exception)
                raise Oops

        client, server = Teller(net, 'client'), Failing(net, 'server')
        listening = net.connect(client, server)
        client.transport.close()
        net.end(client, server)
        listening.close()
        net.attempt('close', listening.wait_closed())


@scenario
def protocol_fails_when_it_is_to_pause():
    with Net() as net:
        class Failing(Teller):

            def pause_writing(self):
                super().pause_writing()
                raise Oops

            def resume_writing(self):
                super().resume_writing()
                raise Oops

        client, server = Failing(net, 'client'), Counting(net, 'server')
        net.connect(client, server)
        server.transport.pause_reading()
        client.transport.write(b'x' * MUCH)
        say('written')
        server.transport.resume_reading()
        net.wait(server.much)
        net.wait(client.after('resume'))
        client.transport.close()
        net.wait(server.after('eof'))
        server.transport.close()
        net.end(client, server)


@scenario
def factory_of_a_client_fails():
    with Net() as net:
        def factory():
            raise Oops

        server = Teller(net, 'server')
        listening = net.serve(lambda: server)
        net.attempt('connect', net.loop.create_connection(factory, HOST, port_of(listening)))
        gc.collect()  # The socket is left to it
        net.end(server)


@scenario
def factory_of_a_server_fails():
    with Net() as net:
        def factory():
            raise Oops

        listening = net.serve(factory)
        for debug in (False, True):
            say('debug', debug)
            net.loop.set_debug(debug)
            client = Teller(net, 'client')
            net.wait(net.connecting(client, listening))
            net.settle()
            gc.collect()  # In debug mode, the socket is left to it
            net.end(client)
        say('serving', listening.is_serving())


@scenario
def reset_is_an_error():
    with Net() as net:
        client = Teller(net, 'client')
        peer = net.connect_raw(client)
        peer.send(b'last')
        net.wait(client.after('data last'))
        reset(peer)
        net.wait(client.gone)
        say('closing', client.transport.is_closing())
        client.transport.write(b'lost')
        net.end(client)


@scenario
def reset_drops_what_is_buffered():
    with Net() as net:
        client = Teller(net, 'client')
        peer = net.connect_raw(client)
        client.transport.write(b'x' * MUCH)
        net.settle()
        reset(peer)
        net.wait(client.gone)
        say('left', client.transport.get_write_buffer_size())
        net.end(client)


@scenario
def refused_connection_makes_no_protocol():
    with Net() as net:
        def factory():
            say('never')

        net.attempt('connect', net.loop.create_connection(factory, HOST, unused_port()))


@scenario
def cancelled_connection_makes_no_protocol():
    with Net() as net:
        def factory():
            say('never')

        listening = net.serve(lambda: Teller(net, 'server'))
        connecting = net.loop.create_task(net.loop.create_connection(factory, HOST, port_of(listening)))
        connecting.cancel()
        net.attempt('connect', connecting)
        net.settle()


@scenario
def addresses_of_both_ends_match():
    with Net() as net:
        client, server = Teller(net, 'client'), Teller(net, 'server')
        listening = net.connect(client, server)
        here, there = (client.transport.get_extra_info(name) for name in ('sockname', 'peername'))
        say(here[0], there[0], there[1] == port_of(listening))
        say(here == server.transport.get_extra_info('peername'), there == server.transport.get_extra_info('sockname'))
        client.transport.close()
        net.end(client, server)
        say(here == client.transport.get_extra_info('sockname'))


@scenario
def connection_from_a_given_address():
    with Net() as net:
        client, server = Teller(net, 'client'), Teller(net, 'server')
        listening = net.serve(lambda: server)
        net.wait(net.loop.create_connection(lambda: client, HOST, port_of(listening), local_addr=('127.0.0.2', 0)))
        net.wait(server.after('made'))
        say(server.transport.get_extra_info('peername')[0])
        client.transport.close()
        net.end(client, server)


@scenario
def host_is_looked_up():
    with Net() as net:
        client, server = Teller(net, 'client'), Teller(net, 'server')
        listening = net.serve(lambda: server)
        net.wait(net.loop.create_connection(lambda: client, 'localhost', port_of(listening)))
        say(client.transport.get_extra_info('peername')[0])
        client.transport.close()
        net.end(client, server)


@scenario
def server_listens_where_it_says():
    with Net() as net:
        listening = net.serve(lambda: Teller(net, 'server'))
        say(len(listening.sockets), listening.sockets[0].getsockname()[0], port_of(listening) > 0,
            listening.is_serving())
        client = Teller(net, 'client')
        net.wait(net.connecting(client, listening))
        port = port_of(listening)
        listening.close()
        listening.close()
        say(len(listening.sockets), listening.is_serving())
        net.attempt('connect', net.loop.create_connection(lambda: client, HOST, port))
        client.transport.close()
        net.end(client)


@scenario
def server_begins_to_serve_when_it_is_told():
    with Net() as net:
        client, server = Teller(net, 'client'), Teller(net, 'server')
        listening = net.serve(lambda: server, start_serving=False)
        say(len(listening.sockets), port_of(listening) > 0, listening.is_serving())
        net.wait(listening.start_serving())
        net.wait(listening.start_serving())
        say(listening.is_serving())
        net.wait(net.connecting(client, listening))
        net.wait(server.after('made'))
        client.transport.close()
        net.end(client, server)


@scenario
def server_refuses_before_it_serves():
    with Net() as net:
        listening = net.serve(lambda: Teller(net, 'server'), start_serving=False)
        net.attempt('connect', net.connecting(Teller(net, 'client'), listening))


@scenario
def serving_forever_ends_with_its_cancellation():
    with Net() as net:
        listening = net.serve(lambda: Teller(net, 'server'), start_serving=False)
        forever = net.loop.create_task(listening.serve_forever())
        net.settle()
        say('serving', listening.is_serving(), forever.done())
        forever.cancel()
        net.attempt('serve', forever)
        say('serving', listening.is_serving(), len(listening.sockets))
        net.attempt('closed', listening.wait_closed())
        net.attempt('serve again', listening.serve_forever())
        net.attempt('start again', listening.start_serving())


@scenario
def serving_forever_ends_with_the_server():
    with Net() as net:
        listening = net.serve(lambda: Teller(net, 'server'))
        forever = net.loop.create_task(listening.serve_forever())
        net.settle()
        listening.close()
        net.attempt('serve', forever)


@scenario
def serving_forever_twice():
    with Net() as net:
        listening = net.serve(lambda: Teller(net, 'server'))
        forever = net.loop.create_task(listening.serve_forever())
        net.settle()
        net.attempt('serve again', listening.serve_forever())
        say('serving', listening.is_serving(), forever.done())
        forever.cancel()
        net.attempt('serve', forever)


@scenario
def cancelled_server_has_connections():
    with Net() as net:
        client, server = Teller(net, 'client'), Teller(net, 'server')
        listening = net.connect(client, server)
        forever = net.loop.create_task(listening.serve_forever())
        net.settle()
        forever.cancel()
        net.settle()
        say('cancelled', forever.done(), listening.is_serving())
        client.transport.write(b'still')
        net.wait(server.after('data still'))
        client.transport.close()
        net.end(client, server)
        net.attempt('serve', forever)


@scenario
def server_is_closed_when_its_connections_are():
    with Net() as net:
        client, server = Teller(net, 'client'), Teller(net, 'server')
        listening = net.connect(client, server)
        closed = net.loop.create_task(listening.wait_closed())
        closed.add_done_callback(lambda future: server.tell('server closed'))
        net.settle()
        say('closed', closed.done())
        listening.close()
        net.settle()
        say('closed', closed.done())
        client.transport.write(b'still')
        net.wait(server.after('data still'))
        client.transport.close()
        net.wait(closed)
        net.end(client, server)
        net.attempt('close', listening.wait_closed())


@scenario
def server_without_connections_is_closed_at_once():
    with Net() as net:
        listening = net.serve(lambda: Teller(net, 'server'))
        client = Teller(net, 'client')
        net.wait(net.connecting(client, listening))
        client.transport.close()
        net.end(client)
        net.settle()
        closed = net.loop.create_task(listening.wait_closed())
        net.settle()
        say('closed', closed.done())
        listening.close()
        net.attempt('close', closed)


@scenario
def address_is_in_use():
    with Net() as net:
        listening = net.serve(lambda: Teller(net, 'server'))
        net.attempt('serve', net.loop.create_server(lambda: Teller(net, 'other'), HOST, port_of(listening)))
        say('serving', listening.is_serving())


@scenario
def servers_have_their_own_clients():
    with Net() as net:
        tellers = []
        for name in ('first', 'second'):
            client, server = Teller(net, f'client of the {name}'), Teller(net, name)
            net.connect(client, server)
            client.transport.write(name.encode())
            net.wait(server.after(f'data {name}'))
            tellers += [client, server]
        for server in tellers[1::2]:
            server.transport.close()
        net.end(*tellers)


@scenario
def unix_sockets_have_paths():
    with Net() as net:
        client, server = Teller(net, 'client'), Teller(net, 'server')
        net.connect_unix(client, server)
        say(net.servers[0].sockets[0].getsockname() == net.path)
        for teller in (client, server):
            here, there = (teller.transport.get_extra_info(name) for name in ('sockname', 'peername'))
            say(teller.name, here == net.path, here == '', there == net.path, there == '')
        server.transport.close()
        net.end(client, server)


@scenario
def end_of_a_unix_socket_can_be_answered():
    with Net() as net:
        client, server = Teller(net, 'client'), Answering(net, 'server')
        net.connect_unix(client, server)
        client.transport.write(b'question')
        client.transport.write_eof()
        net.wait(server.after('eof'))
        server.transport.write(b'answer')
        server.transport.close()
        net.end(client, server)


@scenario
def unix_server_replaces_a_socket_that_was_left():
    with Net() as net:
        net.serve_unix(lambda: Teller(net, 'first')).close()
        net.settle()
        say('left', os.path.exists(net.path))
        net.attempt('connect', net.connecting_unix(Teller(net, 'client')))
        client, server = Teller(net, 'client'), Teller(net, 'server')
        net.connect_unix(client, server)
        client.transport.write(b'hello')
        net.wait(server.after('data hello'))
        client.transport.close()


@scenario
def unix_server_replaces_no_file():
    with Net() as net:
        with open(net.path, 'w'):
            pass
        net.attempt('serve', net.loop.create_unix_server(lambda: Teller(net, 'server'), net.path))


@scenario
def unix_socket_is_missing():
    with Net() as net:
        net.attempt('connect', net.connecting_unix(Teller(net, 'client')))


@scenario
def many_clients():
    with Net() as net:
        class Echoing(Teller):

            def data_received(self, data):
                self.transport.write(data)

        listening = net.serve(lambda: Echoing(net, 'server'))
        clients = [Teller(net, f'client {number}') for number in range(50)]
        for connecting in [net.loop.create_task(net.connecting(client, listening)) for client in clients]:
            net.wait(connecting)
        for client in clients:
            client.transport.write(client.name.encode())
        for client in clients:
            net.wait(client.after(f'data {client.name}'))
            client.transport.close()
        for client in clients:
            net.wait(client.gone)
        say(sum(client.events == ['made', f'data {client.name}', 'lost null'] for client in clients))


@scenario
def much_data_each_way():
    with Net() as net:
        client, server = Counting(net, 'client'), Counting(net, 'server')
        net.connect(client, server)
        client.transport.write(b'x' * MUCH)
        server.transport.write(b'y' * MUCH)
        for teller in (client, server):
            net.wait(teller.much)
            teller.tell_count()
        client.transport.close()
        net.wait(server.after('eof'))
        server.transport.close()
        net.end(client, server)
