package io.eventloop.samples.jobrunner;

import java.io.IOException;
import java.net.InetAddress;
import java.util.regex.Pattern;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Prevents pages of other sites from running commands, or seeing what is running, through
 * the browser of a user who can reach this service. A page's own host name proves
 * nothing: the owner of a domain can point it to this machine (DNS rebinding). A service
 * for this machine only therefore accepts only this machine's names, on every path.
 * <p>
 * Bodies are refused in requests that do not read one: the container would read them in
 * the request's thread, as slowly as the client sends them.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class SecurityFilter extends OncePerRequestFilter {

	private static final Pattern LOCAL_HOST = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]*)?",
			Pattern.CASE_INSENSITIVE);

	/** Other sites may link to the page, but not to these. */
	private static final Pattern NOT_FOR_LINKS = Pattern.compile("/(jobs|commands|instances|actuator/drain)(/.*)?");

	private static final String POLICY = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

	private final Uploads uploads;

	private final boolean local;

	SecurityFilter(ServerProperties server, Uploads uploads) {
		InetAddress address = server.getAddress();
		this.local = address != null && address.isLoopbackAddress();
		this.uploads = uploads;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		response.setHeader("Content-Security-Policy", POLICY);
		response.setHeader("X-Content-Type-Options", "nosniff");
		JobProblem problem = problem(request);
		if (problem != null) {
			this.uploads.open(request, response).refuse(problem);
		}
		else {
			chain.doFilter(request, response);
		}
	}

	private @Nullable JobProblem problem(HttpServletRequest request) throws IOException {
		if (this.local && !isLocal(request.getHeader(HttpHeaders.HOST))) {
			return JobProblem.otherHost();
		}
		String path = request.getServletPath();
		if (NOT_FOR_LINKS.matcher(path).matches() && isOfOtherSite(request)) {
			return JobProblem.otherSite();
		}
		boolean submission = path.equals("/jobs") && request.getMethod().equals("POST");
		return (submission || request.getInputStream().isFinished()) ? null : JobProblem.bodyNotWanted();
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
