package io.eventloop.samples.custompolicy;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/**
 * Replaces the event loop policy, runs a child process, and exits.
 */
@SpringBootApplication
public class CustomPolicyApplication {

	public static void main(String[] args) {
		SpringApplication.run(CustomPolicyApplication.class, args);
	}

	/**
	 * Define the policy. The auto-configured one backs off, and this one is installed for
	 * the whole process.
	 * @return the policy
	 */
	@Bean
	MyEventLoopPolicy eventLoopPolicy() {
		return new MyEventLoopPolicy();
	}

}
