import asyncio

from oracle import Oops, attempt, new_loop, run_once, say, scenario


@scenario
def task_begins_in_the_next_pass():
    loop = new_loop()

    async def work():
        say('begins')

    loop.call_soon(say, 'before')
    task = loop.create_task(work())
    loop.call_soon(say, 'behind')
    say('created', task.done())
    run_once(loop)
    say(task.done())


@scenario
def task_of_a_callback_begins_in_the_next_pass():
    loop = new_loop()

    async def work():
        say('begins')

    loop.call_soon(lambda: loop.create_task(work()))
    loop.call_soon(say, 'same pass')
    run_once(loop)
    say('next pass')
    run_once(loop)


@scenario
def task_fails():
    loop = new_loop()

    async def work():
        raise Oops

    task = loop.create_task(work())
    attempt('task', lambda: loop.run_until_complete(task))
    say(task.done(), task.cancelled())


@scenario
def task_cancelled_before_it_begins():
    loop = new_loop()

    async def work():
        say('never')

    task = loop.create_task(work())
    say(task.cancel())
    attempt('task', lambda: loop.run_until_complete(task))
    say(task.done(), task.cancelled())


@scenario
def task_cancelled_while_it_waits_cancels_what_it_waits_for():
    loop = new_loop()
    awaited = loop.create_future()

    async def work():
        say('waits')
        await awaited
        say('never')

    task = loop.create_task(work())
    loop.call_soon(lambda: say(task.cancel()))
    attempt('task', lambda: loop.run_until_complete(task))
    say(task.cancelled(), awaited.cancelled())


@scenario
def finished_task_is_not_cancelled():
    loop = new_loop()

    async def work():
        return 'result'

    task = loop.create_task(work())
    loop.run_until_complete(task)
    say(task.cancel(), task.cancelled())


@scenario
def task_waits_for_another():
    loop = new_loop()

    async def first():
        say('first begins')
        return 'of the first'

    async def second(other):
        say('second begins')
        result = await other
        say('second has', result)
        return 'of the second'

    other = loop.create_task(first())
    attempt('task', lambda: loop.run_until_complete(second(other)))


@scenario
def all_tasks_are_those_not_done():
    loop = new_loop()
    awaited = loop.create_future()

    async def work():
        await awaited

    say(len(asyncio.all_tasks(loop)))
    tasks = [loop.create_task(work()) for _ in range(2)]
    say(len(asyncio.all_tasks(loop)))
    run_once(loop)
    say(len(asyncio.all_tasks(loop)))
    awaited.set_result(None)
    for task in tasks:
        loop.run_until_complete(task)
    say(len(asyncio.all_tasks(loop)))


@scenario
def cancelled_future_cancels_the_task():
    loop = new_loop()
    awaited = loop.create_future()

    async def work():
        await awaited

    task = loop.create_task(work())
    loop.call_soon(awaited.cancel)
    attempt('task', lambda: loop.run_until_complete(task))
    say(task.cancelled())


@scenario
def work_may_go_on_after_a_cancellation():
    loop = new_loop()
    awaited = loop.create_future()

    async def work():
        try:
            await awaited
        except asyncio.CancelledError:
            say('refuses')
            return 'result'

    task = loop.create_task(work())
    loop.call_soon(task.cancel)
    attempt('task', lambda: loop.run_until_complete(task))
    say(task.cancelled())
