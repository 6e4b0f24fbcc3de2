import asyncio
import os

from oracle import attempt, new_loop, run_once, say, scenario


class Teller(asyncio.Protocol):

    def connection_made(self, transport):
        say('made')

    def data_received(self, data):
        say('data', data)

    def eof_received(self):
        say('eof')

    def pause_writing(self):
        say('pause')

    def resume_writing(self):
        say('resume')

    def connection_lost(self, exception):
        say('lost', exception)


def reading():
    loop = new_loop()
    read_end, write_end = os.pipe()
    transport, _ = loop.run_until_complete(loop.connect_read_pipe(Teller, os.fdopen(read_end, 'rb', 0)))
    return loop, transport, write_end


def writing():
    loop = new_loop()
    read_end, write_end = os.pipe()
    transport, _ = loop.run_until_complete(loop.connect_write_pipe(Teller, os.fdopen(write_end, 'wb', 0)))
    return loop, transport, read_end


def passes(loop, count=3):
    for _ in range(count):
        run_once(loop)


@scenario
def data_then_end_then_loss():
    loop, transport, write_end = reading()
    os.write(write_end, b'hello')
    os.close(write_end)
    passes(loop)
    say(transport.is_closing())


@scenario
def data_arrives_as_it_is_written():
    loop, transport, write_end = reading()
    for text in (b'one', b'two'):
        os.write(write_end, text)
        passes(loop)
    os.close(write_end)
    passes(loop)


@scenario
def closing_loses_without_an_end():
    loop, transport, write_end = reading()
    os.write(write_end, b'unread')
    transport.close()
    transport.close()
    say('closing', transport.is_closing())
    passes(loop)
    os.close(write_end)


@scenario
def paused_reading_waits():
    loop, transport, write_end = reading()
    transport.pause_reading()
    transport.pause_reading()
    say(transport.is_reading())
    os.write(write_end, b'later')
    passes(loop)
    transport.resume_reading()
    transport.resume_reading()
    say(transport.is_reading())
    passes(loop)
    transport.close()
    passes(loop)
    os.close(write_end)


@scenario
def writing_goes_through_at_once():
    loop, transport, read_end = writing()
    transport.write(b'hello')
    transport.write(b'')
    say(os.read(read_end, 100), transport.get_write_buffer_size(), transport.can_write_eof())
    transport.close()
    say('closing', transport.is_closing())
    passes(loop)
    say('end', os.read(read_end, 100))
    os.close(read_end)


@scenario
def eof_waits_for_what_is_buffered():
    loop, transport, read_end = writing()
    transport.write(b'x' * 200_000)
    transport.write_eof()
    transport.write_eof()
    say('closing', transport.is_closing())
    passes(loop)
    count = 0
    while data := os.read(read_end, 65536):
        count += len(data)
        run_once(loop)
    say(count)
    passes(loop)
    os.close(read_end)


@scenario
def reader_that_goes_is_told():
    loop, transport, read_end = writing()
    os.close(read_end)
    passes(loop)
    say(transport.is_closing())


@scenario
def reader_that_goes_with_data_pending_is_an_error():
    loop, transport, read_end = writing()
    transport.set_write_buffer_limits(1_000_000)
    transport.write(b'x' * 200_000)
    os.close(read_end)
    passes(loop)
    say(transport.is_closing())


@scenario
def aborting_drops_what_is_buffered():
    loop, transport, read_end = writing()
    transport.set_write_buffer_limits(1_000_000)
    transport.write(b'x' * 65536 + b'dropped')
    transport.abort()
    say('closing', transport.is_closing())
    passes(loop)
    os.close(read_end)


@scenario
def aborting_a_closed_pipe():
    loop, transport, read_end = writing()
    transport.close()
    transport.abort()
    passes(loop)
    os.close(read_end)


@scenario
def writing_pauses_and_resumes():
    loop, transport, read_end = writing()
    transport.set_write_buffer_limits(10, 5)
    transport.write(b'x' * 65536)
    transport.write(b'1234567890')
    say('full', transport.get_write_buffer_size())
    transport.write(b'1')
    transport.write(b'2')
    say('over', transport.get_write_buffer_size())
    os.read(read_end, 65536)
    passes(loop)
    say('empty', transport.get_write_buffer_size())
    transport.close()
    passes(loop)
    os.close(read_end)


@scenario
def limits_must_make_sense():
    loop, transport, read_end = writing()
    attempt('low over high', lambda: transport.set_write_buffer_limits(1, 2))
    attempt('negative', lambda: transport.set_write_buffer_limits(1, -1))
    transport.close()
    passes(loop)
    os.close(read_end)


@scenario
def protocol_that_fails_is_told_the_loss():
    loop = new_loop()
    loop.set_exception_handler(lambda loop, context: say('handler:', context['exception']))
    read_end, write_end = os.pipe()

    class Failing(Teller):

        def data_received(self, data):
            super().data_received(data)
            raise ValueError

        def connection_lost(self, exception):
            super().connection_lost(exception)
            raise ValueError

    loop.run_until_complete(loop.connect_read_pipe(Failing, os.fdopen(read_end, 'rb', 0)))
    os.write(write_end, b'hello')
    passes(loop)
    os.close(write_end)
    passes(loop)
