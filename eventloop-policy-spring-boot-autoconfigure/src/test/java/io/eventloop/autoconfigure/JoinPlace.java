package io.eventloop.autoconfigure;

import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;

import io.eventloop.EventLoop;
import io.eventloop.Subprocess;
import io.eventloop.SubprocessSpec;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

/**
 * A place in the life of an application where a thread joins a child, and what the join
 * may say there.
 */
enum JoinPlace {

	CONSTRUCTOR(Text.EXIT_CODE, closing(StartingBeans.Constructor.class)),

	POST_CONSTRUCT(Text.EXIT_CODE, closing(StartingBeans.PostConstruct.class)),

	BEAN_METHOD(Text.EXIT_CODE, closing(StartingBeans.BeanMethod.class)),

	APPLICATION_RUNNER(Text.EXIT_CODE, closing(StartingBeans.Runner.class)),

	START_EVENTS(Text.EXIT_CODE, closing(StartingBeans.Events.class)),

	CLOSED_EVENT(Text.EXIT_CODE, closing(StoppingBeans.ClosedEvent.class)),

	ASYNC(Text.EXIT_CODE, running(WorkingBeans.AsyncWork.class)),

	SCHEDULED(Text.EXIT_CODE, running(WorkingBeans.ScheduledWork.class)),

	REQUEST(Text.EXIT_CODE, request(WebApplicationType.SERVLET, WebBeans.Mvc.class, "join")),

	SSE(Text.EXIT_CODE, request(WebApplicationType.SERVLET, WebBeans.Mvc.class, "sse")),

	WEBFLUX_HANDLER(Text.EXIT_CODE, request(WebApplicationType.REACTIVE, WebBeans.Flux.class, "join")),

	PHASE_STOPPED_AFTER(Text.REFUSED, closing(StoppingBeans.PhaseBelow.class)),

	PHASE_EQUAL(Text.EXIT_CODE + "|" + Text.REFUSED, closing(StoppingBeans.PhaseEqual.class)),

	PHASE_STOPPED_BEFORE(Text.EXIT_CODE, closing(StoppingBeans.PhaseAbove.class)),

	PRE_DESTROY_EAGER(Text.REFUSED, closing(StoppingBeans.Eager.class)),

	PRE_DESTROY_LAZY(Text.REFUSED, closing(StoppingBeans.LazyHolder.class)),

	PRE_DESTROY_PROTOTYPE(Text.REFUSED, closing(StoppingBeans.PrototypeHolder.class)),

	PRE_DESTROY_WITHOUT_DEPENDENCY(Text.REFUSED, closing(StoppingBeans.LookingUp.class)),

	PRE_DESTROY_OF_A_CHILDS_OWNER("-15", closing(StoppingBeans.Owner.class)),

	FAILED_REFRESH(Text.EXIT_CODE + "|" + Text.CLOSED, JoinPlace::failRefresh),

	STOPPED_CONTEXT(Text.REFUSED, (joins, place) -> {
		try (ConfigurableApplicationContext context = place.start(joins, StartingBeans.None.class)) {
			context.stop();
			joins.join(context.getBean(EventLoop.class));
		}
	}),

	CLOSED_CONTEXT(Text.CLOSED, (joins, place) -> {
		ConfigurableApplicationContext context = place.start(joins, StartingBeans.None.class);
		EventLoop loop = context.getBean(EventLoop.class);
		context.close();
		joins.join(loop);
		joins.note(() -> loop.<Integer>createFuture().join());
	}),

	CLOSING_CONTEXT("-15", (joins, place) -> {
		ConfigurableApplicationContext context = place.start(joins, StartingBeans.None.class);
		Subprocess child = context.getBean(EventLoop.class).subprocess(SubprocessSpec.exec("sleep", "600")).join();
		CountDownLatch joined = new CountDownLatch(1);
		Thread thread = new Thread(() -> {
			joins.note(() -> child.onExit().join());
			joined.countDown();
		}, "joining-0");
		thread.start();
		await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
		context.close();
		await().until(() -> joined.getCount() == 0);
	}),

	SECOND_CONTEXT(Text.EXIT_CODE, (joins, place) -> {
		ConfigurableApplicationContext first = place.start(joins, StartingBeans.None.class);
		try (ConfigurableApplicationContext second = place.start(joins, StartingBeans.None.class)) {
			joins.join(first.getBean(EventLoop.class));
			first.close();
			joins.join(second.getBean(EventLoop.class));
		}
	}),

	PARENT_AND_CHILD(Text.EXIT_CODE, (joins, place) -> {
		try (ConfigurableApplicationContext parent = place.start(joins, StartingBeans.None.class)) {
			new SpringApplicationBuilder(StoppingBeans.Eager.class, StartingBeans.PostConstruct.class).parent(parent)
				.web(WebApplicationType.NONE)
				.run()
				.close();
			joins.join(parent.getBean(EventLoop.class));
		}
	});

	private final String expected;

	private final BiConsumer<Joins, JoinPlace> life;

	JoinPlace(String expected, BiConsumer<Joins, JoinPlace> life) {
		this.expected = expected;
		this.life = life;
	}

	/**
	 * Return what the joins may say, a regular expression.
	 */
	String expected() {
		return this.expected;
	}

	/**
	 * Start the application, live, and end.
	 */
	void live(Joins joins) {
		this.life.accept(joins, this);
	}

	private ConfigurableApplicationContext start(Joins joins, Class<?>... beans) {
		return start(WebApplicationType.NONE, joins, beans);
	}

	private ConfigurableApplicationContext start(WebApplicationType type, Joins joins, Class<?>... beans) {
		return new SpringApplicationBuilder(JoiningApplication.class).sources(beans)
			.web(type)
			.properties("server.port=0", "spring.main.banner-mode=off", "eventloop.shutdown.grace-period=5s")
			.initializers((context) -> context.getBeanFactory().registerSingleton("joins", joins))
			.run();
	}

	private static void failRefresh(Joins joins, JoinPlace place) {
		assertThatException().isThrownBy(() -> place.start(joins, StartingBeans.Failing.class));
		joins.join(StartingBeans.Failing.seen());
	}

	private static BiConsumer<Joins, JoinPlace> closing(Class<?> beans) {
		return (joins, place) -> place.start(joins, beans).close();
	}

	private static BiConsumer<Joins, JoinPlace> running(Class<?> beans) {
		return (joins, place) -> {
			try (ConfigurableApplicationContext context = place.start(joins, beans)) {
				await().until(() -> context.isActive() && !joins.outcomes().isEmpty());
			}
		};
	}

	private static BiConsumer<Joins, JoinPlace> request(WebApplicationType type, Class<?> beans, String path) {
		return (joins, place) -> {
			try (ConfigurableApplicationContext context = place.start(type, joins, beans)) {
				WebBeans.get(context, path);
			}
		};
	}

	private static final class Text {

		private static final String EXIT_CODE = "7";

		private static final String REFUSED = "The application context is stopping or stopped.*";

		private static final String CLOSED = "The event loop is closed, as its application context is.*";

	}

}
