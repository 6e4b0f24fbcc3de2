package io.eventloop.samples.streamfilter;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.Flow;

import io.eventloop.autoconfigure.SubprocessClientProperties;
import io.eventloop.client.SubprocessClient;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/**
 * Sends a request's body through a command, and what the command writes back as the
 * response, in chunks as they come. The command is started on the event loop that serves
 * the request, and waits for a client that reads slowly. If the client goes away, the
 * command is torn down.
 */
@RestController
class FilterController {

	private final SubprocessClient client;

	private final Set<String> names;

	FilterController(SubprocessClient client, SubprocessClientProperties properties) {
		this.client = client;
		this.names = properties.getCommands().keySet();
	}

	@GetMapping("/filters")
	Set<String> filters() {
		return this.names;
	}

	@RequestMapping(path = "/filter/{name}", method = { RequestMethod.POST, RequestMethod.PUT })
	Mono<Void> filter(@PathVariable String name, ServerHttpRequest request, ServerHttpResponse response) {
		if (!this.names.contains(name)) {
			return Mono.error(FilterProblem.unknownFilter(name, this.names));
		}
		Flow.Publisher<ByteBuffer> input = JdkFlowAdapter
			.publisherToFlowPublisher(request.getBody().map(FilterController::copy));
		Flux<DataBuffer> output = JdkFlowAdapter.flowPublisherToFlux(this.client.command(name).input(input).bytes())
			.map(response.bufferFactory()::wrap)
			.onErrorMap((failure) -> FilterProblem.of(name, failure));
		response.getHeaders().setContentType(MediaType.APPLICATION_OCTET_STREAM);
		return response.writeAndFlushWith(output.map(Mono::just));
	}

	/**
	 * The server's buffers are its own, and are released; the command's input is the
	 * client's until it is written.
	 */
	private static ByteBuffer copy(DataBuffer buffer) {
		ByteBuffer copy = ByteBuffer.allocate(buffer.readableByteCount());
		buffer.toByteBuffer(copy);
		DataBufferUtils.release(buffer);
		return copy;
	}

}
