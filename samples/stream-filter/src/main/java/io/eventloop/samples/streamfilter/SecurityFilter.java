package io.eventloop.samples.streamfilter;

import java.net.InetAddress;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.codec.HttpMessageWriter;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.result.view.ViewResolver;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Prevents pages of other sites from running commands through the browser of a user who
 * can reach this service. A page's own host name proves nothing: the owner of a domain
 * can point it to this machine (DNS rebinding). A service for this machine only therefore
 * accepts only this machine's names, on every path.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class SecurityFilter implements WebFilter, ServerResponse.Context {

	private static final Pattern LOCAL_HOST = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]*)?",
			Pattern.CASE_INSENSITIVE);

	/** Other sites may link to the page, but not to these. */
	private static final Pattern NOT_FOR_LINKS = Pattern.compile("/filters?(/.*)?");

	private static final String POLICY = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

	private final ServerCodecConfigurer codecs;

	private final boolean local;

	SecurityFilter(ServerProperties server, ServerCodecConfigurer codecs) {
		InetAddress address = server.getAddress();
		this.local = address != null && address.isLoopbackAddress();
		this.codecs = codecs;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		HttpHeaders headers = exchange.getResponse().getHeaders();
		headers.set("Content-Security-Policy", POLICY);
		headers.set("X-Content-Type-Options", "nosniff");
		FilterProblem problem = problem(exchange.getRequest());
		return (problem != null) ? ServerResponse.from(problem).flatMap((response) -> response.writeTo(exchange, this))
				: chain.filter(exchange);
	}

	private @Nullable FilterProblem problem(ServerHttpRequest request) {
		if (this.local && !isLocal(request.getHeaders().getFirst(HttpHeaders.HOST))) {
			return FilterProblem.otherHost();
		}
		boolean guarded = NOT_FOR_LINKS.matcher(request.getPath().pathWithinApplication().value()).matches();
		return (guarded && isOfOtherSite(request)) ? FilterProblem.otherSite() : null;
	}

	private static boolean isLocal(@Nullable String host) {
		return host != null && LOCAL_HOST.matcher(host).matches();
	}

	private static boolean isOfOtherSite(ServerHttpRequest request) {
		String site = request.getHeaders().getFirst("Sec-Fetch-Site");
		try {
			return "cross-site".equals(site) || "same-site".equals(site) || CorsUtils.isCorsRequest(request);
		}
		catch (IllegalArgumentException ex) {
			// The origin is not a URL
			return true;
		}
	}

	@Override
	public List<HttpMessageWriter<?>> messageWriters() {
		return this.codecs.getWriters();
	}

	@Override
	public List<ViewResolver> viewResolvers() {
		return List.of();
	}

}
