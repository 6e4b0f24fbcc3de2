package io.eventloop.samples.jobrunner;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * A web service that runs real commands on uploaded data.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class JobRunnerApplication {

	public static void main(String[] args) {
		SpringApplication.run(JobRunnerApplication.class, args);
	}

}
