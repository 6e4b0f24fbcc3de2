package io.eventloop.samples.jobrunner;

import java.net.InetAddress;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Keeps pages of other sites from having commands run through the browser of somebody who
 * can reach this service. That a page is of this site proves nothing by itself: the owner
 * of a name can let it point here (DNS rebinding), so a service for this machine alone
 * answers to the names of this machine alone.
 */
@Component
class CrossSiteGuard implements HandlerInterceptor, WebMvcConfigurer {

	private static final Pattern LOCAL_HOST = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]*)?",
			Pattern.CASE_INSENSITIVE);

	private final boolean local;

	CrossSiteGuard(ServerProperties server) {
		InetAddress address = server.getAddress();
		this.local = address != null && address.isLoopbackAddress();
	}

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(this).addPathPatterns("/jobs/**", "/commands");
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		if (this.local && !isLocal(request.getHeader(HttpHeaders.HOST))) {
			throw JobProblem.otherHost();
		}
		String site = request.getHeader("Sec-Fetch-Site");
		if ("cross-site".equals(site) || "same-site".equals(site) || isOfOtherOrigin(request)) {
			throw JobProblem.otherSite();
		}
		return true;
	}

	private static boolean isLocal(@Nullable String host) {
		return host != null && LOCAL_HOST.matcher(host).matches();
	}

	private static boolean isOfOtherOrigin(HttpServletRequest request) {
		try {
			return CorsUtils.isCorsRequest(request);
		}
		catch (IllegalArgumentException ex) {
			// The origin is no URL
			return true;
		}
	}

}
