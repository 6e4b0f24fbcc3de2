package io.eventloop.samples.streamfilter;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * A web service whose requests flow through commands.
 */
@SpringBootApplication
public class StreamFilterApplication {

	public static void main(String[] args) {
		SpringApplication.run(StreamFilterApplication.class, args);
	}

}
