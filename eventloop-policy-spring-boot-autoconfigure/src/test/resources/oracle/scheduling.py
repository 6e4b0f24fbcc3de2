import threading

from oracle import attempt, new_loop, run_once, say, scenario


@scenario
def callbacks_run_in_order():
    loop = new_loop()
    for number in range(5):
        loop.call_soon(say, number)
    run_once(loop)
    say('again')
    run_once(loop)


@scenario
def callback_of_a_callback_waits_for_the_next_pass():
    loop = new_loop()

    def first():
        say('first')
        loop.call_soon(say, 'of the first')

    loop.call_soon(first)
    loop.call_soon(say, 'second')
    run_once(loop)
    say('next pass')
    run_once(loop)


@scenario
def callback_cancelled_by_an_earlier_one_is_skipped():
    loop = new_loop()
    handles = []
    loop.call_soon(lambda: handles[0].cancel())
    handles.append(loop.call_soon(say, 'cancelled'))
    loop.call_soon(say, 'last')
    run_once(loop)
    say(handles[0].cancelled())


@scenario
def cancelling_twice_is_cancelling_once():
    loop = new_loop()
    handle = loop.call_soon(say, 'cancelled')
    say(handle.cancelled())
    handle.cancel()
    handle.cancel()
    say(handle.cancelled())
    run_once(loop)


@scenario
def cancelling_after_the_run_changes_nothing():
    loop = new_loop()
    handle = loop.call_soon(say, 'ran')
    run_once(loop)
    handle.cancel()
    say(handle.cancelled())
    run_once(loop)


@scenario
def callback_may_cancel_itself():
    loop = new_loop()
    handles = []

    def callback():
        handles[0].cancel()
        say('goes on')

    handles.append(loop.call_soon(callback))
    run_once(loop)


@scenario
def threadsafe_calls_keep_the_order_on_the_loop():
    loop = new_loop()
    loop.call_soon_threadsafe(say, 1)

    def callback():
        say(2)
        loop.call_soon_threadsafe(say, 3)
        loop.call_soon(say, 4)
        loop.call_soon_threadsafe(loop.stop)
        loop.call_soon(say, 5)

    loop.call_soon(callback)
    loop.run_forever()


@scenario
def threadsafe_calls_keep_the_order_of_a_thread():
    loop = new_loop()
    loop.call_soon(say, 'before')

    def caller():
        for number in range(5):
            loop.call_soon_threadsafe(say, number)

    thread = threading.Thread(target=caller)
    thread.start()
    thread.join()
    loop.call_soon(say, 'after')
    run_once(loop)


@scenario
def threadsafe_call_wakes_a_sleeping_loop():
    loop = new_loop()

    def caller():
        loop.call_soon_threadsafe(say, 'woken')
        loop.call_soon_threadsafe(loop.stop)

    loop.call_soon(threading.Thread(target=caller).start)
    loop.run_forever()


@scenario
def threadsafe_handle_can_be_cancelled():
    loop = new_loop()
    loop.call_soon_threadsafe(say, 'cancelled').cancel()
    loop.call_soon_threadsafe(say, 'ran')
    run_once(loop)


@scenario
def foreign_thread_is_refused_in_debug_mode():
    loop = new_loop()
    loop.set_debug(True)

    def foreign():
        attempt('call_soon', lambda: loop.call_soon(say, 'never'))
        attempt('call_later', lambda: loop.call_later(0, say, 'never'))
        attempt('call_at', lambda: loop.call_at(0, say, 'never'))
        loop.call_soon_threadsafe(loop.stop)

    loop.call_soon(threading.Thread(target=foreign).start)
    loop.run_forever()


@scenario
def closed_loop_schedules_nothing():
    loop = new_loop()
    loop.close()
    attempt('call_soon', lambda: loop.call_soon(say))
    attempt('call_soon_threadsafe', lambda: loop.call_soon_threadsafe(say))
    attempt('call_later', lambda: loop.call_later(0, say))
    attempt('call_at', lambda: loop.call_at(0, say))
    attempt('run_in_executor', lambda: loop.run_in_executor(None, say))
