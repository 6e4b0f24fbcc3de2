package io.eventloop.samples.custompolicy;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/**
 * Uses an event loop policy of its own, runs a child process, and ends.
 */
@SpringBootApplication
public class CustomPolicyApplication {

	public static void main(String[] args) {
		SpringApplication.run(CustomPolicyApplication.class, args);
	}

	/**
	 * A bean is all it takes: the auto-configured policy backs off, and this one is
	 * installed for the whole process.
	 * @return the policy
	 */
	@Bean
	MyEventLoopPolicy eventLoopPolicy() {
		return new MyEventLoopPolicy();
	}

}
