package io.eventloop.samples.jobrunner;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Keeps pages of other sites from having commands run through the browser of somebody who
 * can reach this service.
 */
@Component
class CrossSiteGuard implements HandlerInterceptor, WebMvcConfigurer {

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(this).addPathPatterns("/jobs/**");
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		String site = request.getHeader("Sec-Fetch-Site");
		if ("cross-site".equals(site) || "same-site".equals(site)) {
			throw JobProblem.otherSite();
		}
		return true;
	}

}
