package io.eventloop.samples.jobrunner;

import java.io.IOException;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Whether jobs can be accepted and run here: the store can be reached, leases are
 * renewed, and the instance is not draining. Boot itself checks the database.
 */
@Component("jobs")
class ClusterHealth extends AbstractHealthIndicator {

	private final BlobStore store;

	private final Leases leases;

	private final Cluster cluster;

	ClusterHealth(BlobStore store, Leases leases, Cluster cluster) {
		super("The store of inputs and outputs cannot be reached");
		this.store = store;
		this.leases = leases;
		this.cluster = cluster;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) throws IOException {
		this.store.check();
		double margin = this.leases.margin();
		builder.status((margin > 0) ? Status.UP : Status.DOWN)
			.withDetail("instance", this.cluster.name())
			.withDetail("instances", this.cluster.size())
			.withDetail("leaseMargin", margin);
		if (this.cluster.isDraining()) {
			builder.outOfService();
		}
	}

}
