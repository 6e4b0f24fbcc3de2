from oracle import attempt, new_loop, run_once, say, scenario


@scenario
def timers_run_by_due_time():
    loop = new_loop()
    now = loop.time()
    loop.call_at(now + 0.020, say, 'third')
    loop.call_at(now + 0.001, say, 'first')
    loop.call_at(now + 0.010, say, 'second')
    loop.call_at(now + 0.030, loop.stop)
    loop.run_forever()


@scenario
def timers_due_together_run_in_one_pass():
    loop = new_loop()
    now = loop.time()
    loop.call_at(now - 1, say, 'second')
    loop.call_at(now - 3, say, 'first')
    run_once(loop)


@scenario
def timers_due_at_the_same_time():
    loop = new_loop()
    when = loop.time() - 1
    for number in range(6):
        loop.call_at(when, say, number)
    run_once(loop)


@scenario
def delay_that_is_past_runs_in_the_next_pass():
    loop = new_loop()
    loop.call_later(-5, say, 'negative')
    loop.call_later(0, say, 'zero')
    run_once(loop)


@scenario
def due_timer_waits_behind_what_is_ready():
    loop = new_loop()
    loop.call_at(loop.time() - 1, say, 'timer')
    loop.call_soon(say, 'ready')
    run_once(loop)


@scenario
def timer_of_a_timer_waits_for_the_next_pass():
    loop = new_loop()

    def timer():
        say('timer')
        loop.call_at(loop.time() - 1, say, 'of the timer')

    loop.call_at(loop.time() - 1, timer)
    loop.call_at(loop.time() - 0.5, say, 'other')
    run_once(loop)
    say('next pass')
    run_once(loop)


@scenario
def timer_tells_when_it_is_due():
    loop = new_loop()
    when = loop.time() + 1000
    handle = loop.call_at(when, say, 'never')
    say(handle.when() == when, handle.cancelled())
    handle.cancel()
    say(handle.when() == when, handle.cancelled())


@scenario
def cancelled_timer_does_not_run():
    loop = new_loop()
    loop.call_later(0.001, say, 'soon').cancel()
    loop.call_later(1000, say, 'late').cancel()
    loop.call_later(0.002, loop.stop)
    loop.run_forever()
    say('stopped')


@scenario
def timer_cancelled_by_an_earlier_one_of_the_pass_is_skipped():
    loop = new_loop()
    now = loop.time()
    handles = [loop.call_at(now - 1, say, 'cancelled')]
    loop.call_at(now - 2, handles[0].cancel)
    run_once(loop)
    say(handles[0].cancelled())


@scenario
def timer_is_never_early():
    loop = new_loop()
    when = loop.time() + 0.005

    def timer():
        say(loop.time() >= when)
        loop.stop()

    loop.call_at(when, timer)
    loop.run_forever()


@scenario
def no_delay_and_no_time_are_errors():
    loop = new_loop()
    attempt('call_later', lambda: loop.call_later(None, say))
    attempt('call_at', lambda: loop.call_at(None, say))
