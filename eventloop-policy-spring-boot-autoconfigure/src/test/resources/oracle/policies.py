import asyncio
import threading

from oracle import attempt, new_loop, run_once, say, scenario


class TellingPolicy(asyncio.DefaultEventLoopPolicy):

    def get_event_loop(self):
        say('get')
        return super().get_event_loop()

    def new_event_loop(self):
        say('new')
        return super().new_event_loop()

    def set_event_loop(self, loop):
        say('set')
        super().set_event_loop(loop)


def in_thread(call):
    thread = threading.Thread(target=call)
    thread.start()
    thread.join()


@scenario
def policy_is_one_object_until_it_is_set():
    policy = asyncio.get_event_loop_policy()
    say(asyncio.get_event_loop_policy() is policy)
    asyncio.set_event_loop_policy(None)
    fresh = asyncio.get_event_loop_policy()
    say(fresh is policy, asyncio.get_event_loop_policy() is fresh)
    asyncio.set_event_loop_policy(policy)
    say(asyncio.get_event_loop_policy() is policy)


@scenario
def replacing_the_policy_leaves_loops_alone():
    loop = new_loop()
    asyncio.set_event_loop(loop)
    asyncio.set_event_loop_policy(asyncio.DefaultEventLoopPolicy())
    say(loop.is_closed())
    loop.call_soon(say, 'still runs')
    run_once(loop)


@scenario
def main_thread_gets_a_loop_on_demand():
    loop = asyncio.get_event_loop()
    say(loop.is_running(), loop.is_closed(), asyncio.get_event_loop() is loop)
    loop.close()


@scenario
def creation_on_demand_goes_through_the_subclass():
    asyncio.set_event_loop_policy(TellingPolicy())
    loop = asyncio.get_event_loop()
    say('again')
    asyncio.get_event_loop()
    loop.close()


@scenario
def after_set_to_none_there_is_none():
    asyncio.set_event_loop(None)
    attempt('get', asyncio.get_event_loop)
    attempt('again', asyncio.get_event_loop)
    loop = new_loop()
    asyncio.set_event_loop(loop)
    say(asyncio.get_event_loop() is loop)


@scenario
def other_thread_has_no_loop_until_it_is_set():
    loop = new_loop()

    def other():
        attempt('get', asyncio.get_event_loop)
        asyncio.set_event_loop(loop)
        say(asyncio.get_event_loop() is loop)

    in_thread(other)
    in_thread(lambda: attempt('get', asyncio.get_event_loop))


@scenario
def each_thread_has_its_own_loop():
    mine = new_loop()
    asyncio.set_event_loop(mine)
    in_thread(lambda: asyncio.set_event_loop(new_loop()))
    say(asyncio.get_event_loop() is mine)


@scenario
def new_loop_is_not_the_current_one():
    current = new_loop()
    asyncio.set_event_loop(current)
    say(new_loop() is current, asyncio.get_event_loop() is current)


@scenario
def running_loop_comes_before_the_policys():
    asyncio.set_event_loop_policy(TellingPolicy())
    current = new_loop()
    running = new_loop()
    asyncio.set_event_loop(current)
    running.call_soon(lambda: say(asyncio.get_event_loop() is running, asyncio.get_running_loop() is running))
    running.call_soon(lambda: say(asyncio.get_event_loop_policy().get_event_loop() is current))
    run_once(running)
    say(asyncio.get_event_loop() is current)


@scenario
def no_running_loop_outside_of_a_run():
    loop = new_loop()
    asyncio.set_event_loop(loop)
    attempt('get_running_loop', asyncio.get_running_loop)
    say(asyncio._get_running_loop())
    run_once(loop)
    attempt('get_running_loop', asyncio.get_running_loop)


@scenario
def running_loop_is_that_of_its_thread():
    loop = new_loop()

    def callback():
        say(asyncio.get_running_loop() is loop)
        in_thread(lambda: attempt('get_running_loop', asyncio.get_running_loop))

    loop.call_soon(callback)
    run_once(loop)


@scenario
def policy_without_watchers_refuses_them():
    class Bare(asyncio.AbstractEventLoopPolicy):
        pass

    asyncio.set_event_loop_policy(Bare())
    attempt('get_child_watcher', asyncio.get_child_watcher)
    attempt('set_child_watcher', lambda: asyncio.set_child_watcher(None))


class TellingWatcher(asyncio.ThreadedChildWatcher):

    def attach_loop(self, loop):
        say('attached to', 'no loop' if loop is None else 'a loop')

    def close(self):
        say('closed')


@scenario
def watcher_is_one_object_until_it_is_set():
    asyncio.set_event_loop_policy(None)
    watcher = asyncio.get_child_watcher()
    say(asyncio.get_child_watcher() is watcher)
    other = asyncio.ThreadedChildWatcher()
    asyncio.set_child_watcher(other)
    say(asyncio.get_child_watcher() is other)
    asyncio.set_child_watcher(None)
    say(asyncio.get_child_watcher() is other, asyncio.get_child_watcher() is watcher)


@scenario
def setting_a_watcher_closes_the_one_before():
    asyncio.set_child_watcher(TellingWatcher())
    say('set')
    asyncio.set_child_watcher(asyncio.ThreadedChildWatcher())
    watcher = TellingWatcher()
    asyncio.set_child_watcher(watcher)
    say('the same')
    asyncio.set_child_watcher(watcher)
    say('none')
    asyncio.set_child_watcher(None)


@scenario
def setting_the_loop_of_the_main_thread_attaches_the_watcher():
    asyncio.set_child_watcher(TellingWatcher())
    loop = new_loop()
    asyncio.set_event_loop(loop)
    asyncio.set_event_loop(None)
    in_thread(lambda: asyncio.set_event_loop(loop))
    say('other thread')
