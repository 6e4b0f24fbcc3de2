package io.eventloop.samples.mcphost;

import java.io.IOException;
import java.net.InetAddress;
import java.util.regex.Pattern;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Prevents pages of other sites from calling tools, or seeing what is running, through
 * the browser of a user who can reach this service. A page's own host name proves
 * nothing: the owner of a domain can point it to this machine (DNS rebinding). A service
 * for this machine only therefore accepts only this machine's names, on every path.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class SecurityFilter extends OncePerRequestFilter {

	private static final Pattern LOCAL_HOST = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]*)?",
			Pattern.CASE_INSENSITIVE);

	/** Other sites may link to the page, but not to these. */
	private static final Pattern NOT_FOR_LINKS = Pattern.compile("/servers(/.*)?");

	private static final String POLICY = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

	private final HandlerExceptionResolver problems;

	private final boolean local;

	SecurityFilter(ServerProperties server, @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
		InetAddress address = server.getAddress();
		this.local = address != null && address.isLoopbackAddress();
		this.problems = problems;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		response.setHeader("Content-Security-Policy", POLICY);
		response.setHeader("X-Content-Type-Options", "nosniff");
		HostProblem problem = problem(request);
		if (problem != null) {
			this.problems.resolveException(request, response, null, problem);
		}
		else {
			chain.doFilter(request, response);
		}
	}

	private @Nullable HostProblem problem(HttpServletRequest request) {
		if (this.local && !isLocal(request.getHeader(HttpHeaders.HOST))) {
			return HostProblem.otherHost();
		}
		boolean guarded = NOT_FOR_LINKS.matcher(request.getServletPath()).matches();
		return (guarded && isOfOtherSite(request)) ? HostProblem.otherSite() : null;
	}

	private static boolean isLocal(@Nullable String host) {
		return host != null && LOCAL_HOST.matcher(host).matches();
	}

	private static boolean isOfOtherSite(HttpServletRequest request) {
		String site = request.getHeader("Sec-Fetch-Site");
		try {
			return "cross-site".equals(site) || "same-site".equals(site) || CorsUtils.isCorsRequest(request);
		}
		catch (IllegalArgumentException ex) {
			// The origin is not a URL
			return true;
		}
	}

}
