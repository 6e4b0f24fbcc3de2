import asyncio

from oracle import Oops, attempt, new_loop, run_once, say, scenario


class CountingPolicy(asyncio.DefaultEventLoopPolicy):

    def new_event_loop(self):
        say('new loop')
        return super().new_event_loop()

    def set_event_loop(self, loop):
        say('set', 'no loop' if loop is None else 'loop')
        super().set_event_loop(loop)


async def value():
    return 'result'


async def error():
    raise Oops


@scenario
def run_gives_the_result_or_rethrows():
    attempt('value', lambda: asyncio.run(value()))
    attempt('error', lambda: asyncio.run(error()))


@scenario
def run_makes_the_loop_the_running_one_and_closes_it():
    loops = []

    async def main():
        loops.append(asyncio.get_running_loop())
        say(loops[0].is_running(), asyncio.get_event_loop() is loops[0])

    asyncio.run(main())
    say(loops[0].is_running(), loops[0].is_closed())


@scenario
def run_is_refused_where_a_loop_runs():
    async def main():
        inner = value()
        attempt('run', lambda: asyncio.run(inner))
        inner.close()

    asyncio.run(main())


@scenario
def leftover_tasks_are_cancelled():
    async def leftover():
        try:
            await asyncio.get_running_loop().create_future()
        except asyncio.CancelledError:
            say('cancelled')
            raise

    async def main():
        asyncio.get_running_loop().create_task(leftover())
        started = asyncio.get_running_loop().create_future()
        asyncio.get_running_loop().call_soon(started.set_result, None)
        await started
        say('main ends')

    asyncio.run(main())
    say('ran')


@scenario
def error_of_a_leftover_task_goes_to_the_handler():
    async def leftover():
        try:
            await asyncio.get_running_loop().create_future()
        except asyncio.CancelledError:
            raise Oops

    async def main():
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda loop, context: say('handler:', context['exception']))
        loop.create_task(leftover())
        started = loop.create_future()
        loop.call_soon(started.set_result, None)
        await started

    asyncio.run(main())
    say('ran')


@scenario
def policy_makes_the_loop_and_has_it_set_once():
    asyncio.set_event_loop_policy(CountingPolicy())
    with asyncio.Runner() as runner:
        runner.run(value())
        runner.run(value())
        say('ends')


@scenario
def loop_factory_leaves_the_policy_alone():
    asyncio.set_event_loop_policy(CountingPolicy())

    def factory():
        say('factory')
        return asyncio.SelectorEventLoop()

    with asyncio.Runner(loop_factory=factory) as runner:
        runner.run(value())
    say('ended')


@scenario
def runner_keeps_its_loop():
    with asyncio.Runner() as runner:
        loop = runner.get_loop()
        attempt('first', lambda: runner.run(value()))
        attempt('second', lambda: runner.run(error()))
        attempt('third', lambda: runner.run(value()))
        say(runner.get_loop() is loop, loop.is_closed())
    say(loop.is_closed())


@scenario
def closed_runner_takes_no_more():
    runner = asyncio.Runner()
    runner.run(value())
    runner.close()
    runner.close()
    main = value()
    attempt('run', lambda: runner.run(main))
    attempt('get_loop', runner.get_loop)
    main.close()


@scenario
def debug_has_three_states():
    for debug in (True, False, None):
        with asyncio.Runner(debug=debug) as runner:
            say(runner.get_loop().get_debug())


@scenario
def after_a_run_there_is_no_current_loop():
    asyncio.run(value())
    attempt('get_event_loop', asyncio.get_event_loop)
    attempt('get_running_loop', asyncio.get_running_loop)
