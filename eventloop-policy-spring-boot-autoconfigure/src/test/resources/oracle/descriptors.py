import os
import socket
import tempfile

from oracle import attempt, new_loop, run_once, say, scenario


def ready_pipe():
    read_end, write_end = os.pipe()
    os.write(write_end, b'x')
    return read_end, write_end


def close(*fds):
    for fd in fds:
        os.close(fd)


@scenario
def reader_is_called_while_there_is_something_to_read():
    loop = new_loop()
    read_end, write_end = ready_pipe()
    loop.add_reader(read_end, say, 'readable')
    run_once(loop)
    run_once(loop)
    os.read(read_end, 1)
    say('read')
    run_once(loop)
    loop.remove_reader(read_end)
    close(read_end, write_end)


@scenario
def reader_is_called_at_the_end_of_the_pipe():
    loop = new_loop()
    read_end, write_end = os.pipe()
    loop.add_reader(read_end, say, 'readable')
    run_once(loop)
    close(write_end)
    say('closed')
    run_once(loop)
    loop.remove_reader(read_end)
    close(read_end)


@scenario
def adding_again_replaces():
    loop = new_loop()
    read_end, write_end = ready_pipe()
    loop.add_reader(read_end, say, 'first')
    loop.add_reader(read_end, say, 'second')
    run_once(loop)
    say(loop.remove_reader(read_end))
    close(read_end, write_end)


@scenario
def removing_tells_whether_there_was_one():
    loop = new_loop()
    read_end, write_end = ready_pipe()
    loop.add_reader(read_end, say, 'never')
    say(loop.remove_reader(read_end), loop.remove_reader(read_end))
    say(loop.remove_writer(write_end))
    loop.add_writer(write_end, say, 'never')
    say(loop.remove_writer(write_end), loop.remove_writer(write_end))
    run_once(loop)
    close(read_end, write_end)


@scenario
def removing_one_direction_keeps_the_other():
    loop = new_loop()
    ours, theirs = socket.socketpair()
    theirs.send(b'x')
    loop.add_reader(ours.fileno(), say, 'readable')
    loop.add_writer(ours.fileno(), say, 'writable')
    run_once(loop)
    say(loop.remove_reader(ours.fileno()))
    run_once(loop)
    say(loop.remove_writer(ours.fileno()))
    run_once(loop)
    ours.close()
    theirs.close()


@scenario
def reader_removed_between_event_and_run_is_not_called():
    loop = new_loop()
    read_end, write_end = ready_pipe()
    loop.call_soon(loop.remove_reader, read_end)
    loop.add_reader(read_end, say, 'never')
    run_once(loop)
    say('quiet')
    close(read_end, write_end)


@scenario
def reader_may_remove_itself():
    loop = new_loop()
    read_end, write_end = ready_pipe()
    loop.add_reader(read_end, lambda: say('once', loop.remove_reader(read_end)))
    run_once(loop)
    run_once(loop)
    close(read_end, write_end)


@scenario
def events_come_before_due_timers():
    loop = new_loop()
    read_end, write_end = ready_pipe()
    loop.call_at(loop.time() - 1, say, 'timer')
    loop.add_reader(read_end, say, 'event')
    loop.call_soon(say, 'ready')
    run_once(loop)
    loop.remove_reader(read_end)
    close(read_end, write_end)


@scenario
def event_is_not_told_twice_around_a_stop():
    loop = new_loop()
    read_end, write_end = ready_pipe()

    def readable():
        say('read', os.read(read_end, 1))
        loop.stop()

    loop.add_reader(read_end, readable)
    loop.run_forever()
    run_once(loop)
    loop.remove_reader(read_end)
    close(read_end, write_end)


@scenario
def event_of_one_descriptor_in_two_passes():
    loop = new_loop()
    read_end, write_end = ready_pipe()
    loop.add_reader(read_end, say, 'readable')
    loop.call_soon(lambda: loop.call_soon(say, 'second pass'))
    loop.call_soon(say, 'first pass')
    run_once(loop)
    run_once(loop)
    loop.remove_reader(read_end)
    close(read_end, write_end)


@scenario
def closed_loop_watches_nothing():
    loop = new_loop()
    read_end, write_end = ready_pipe()
    loop.close()
    attempt('add_reader', lambda: loop.add_reader(read_end, say))
    attempt('add_writer', lambda: loop.add_writer(write_end, say))
    say(loop.remove_reader(read_end), loop.remove_writer(write_end))
    close(read_end, write_end)


@scenario
def descriptor_that_cannot_be_watched_is_refused():
    loop = new_loop()
    read_end, write_end = ready_pipe()
    close(read_end, write_end)
    attempt('negative', lambda: loop.add_reader(-1, say))
    attempt('closed', lambda: loop.add_reader(read_end, say))
    with tempfile.TemporaryFile() as file:
        attempt('file', lambda: loop.add_reader(file.fileno(), say))
