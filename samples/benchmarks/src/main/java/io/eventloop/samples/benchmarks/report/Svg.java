package io.eventloop.samples.benchmarks.report;

import java.util.Locale;

/**
 * A chart that is drawn from top to bottom, for light and dark pages.
 */
final class Svg {

	private static final String STYLE = """
			<style>
			.page { fill: #ffffff } text { fill: #1f2328; font: 13px system-ui, sans-serif }
			.title { font-weight: 600; font-size: 15px } .head { font-weight: 600 } .soft { fill: #59636e }
			.grid { stroke: #d1d9e0 } .spread { stroke: #1f2328; stroke-width: 1.5 }
			.ours { fill: #0969da } .limit { fill: #59636e } .peer, .faulty { fill: #d4a72c }
			.line { fill: none; stroke-width: 2.5 }
			.c0 { stroke: #0969da } .c1 { stroke: #cf222e } .c2 { stroke: #1a7f37 } .c3 { stroke: #8250df }
			.c4 { stroke: #bc4c00 } .c5 { stroke: #59636e } .c6 { stroke: #1b7c83 }
			@media (prefers-color-scheme: dark) {
			.page { fill: #0d1117 } text { fill: #f0f6fc } .soft { fill: #9198a1 }
			.grid { stroke: #3d444d } .spread { stroke: #f0f6fc }
			.ours { fill: #4493f8 } .limit { fill: #9198a1 } .peer, .faulty { fill: #9e6a03 }
			.c0 { stroke: #4493f8 } .c1 { stroke: #f85149 } .c2 { stroke: #3fb950 } .c3 { stroke: #ab7df8 }
			.c4 { stroke: #db6d28 } .c5 { stroke: #9198a1 } .c6 { stroke: #39c5cf }
			}
			</style>
			""";

	private final StringBuilder body = new StringBuilder();

	private final int width;

	private final String description;

	/**
	 * Create a picture.
	 * @param width its width in pixels
	 * @param description a text alternative
	 */
	Svg(int width, String description) {
		this.width = width;
		this.description = description;
	}

	void text(double x, double y, String kind, String anchor, String text) {
		add("<text x=\"%.1f\" y=\"%.1f\" class=\"%s\" text-anchor=\"%s\">%s</text>", x, y, kind, anchor, escape(text));
	}

	void bar(double x, double y, double length, double height, String kind) {
		add("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"2\" class=\"%s\"/>", x, y, length, height,
				kind);
	}

	void line(double fromX, double fromY, double toX, double toY, String kind) {
		add("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" class=\"%s\"/>", fromX, fromY, toX, toY, kind);
	}

	void path(String points, String kind) {
		add("<polyline points=\"%s\" class=\"line %s\"/>", points, kind);
	}

	/**
	 * Return the picture.
	 * @param height its height in pixels
	 * @return the file's text
	 */
	String draw(int height) {
		return """
				<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img">
				<title>%s</title>
				%s<rect width="100%%" height="100%%" class="page"/>
				%s</svg>
				""".formatted(this.width, height, this.width, height, escape(this.description), STYLE, this.body);
	}

	private void add(String element, Object... values) {
		this.body.append(String.format(Locale.ROOT, element, values)).append('\n');
	}

	private static String escape(String text) {
		return text.replace("`", "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
	}

}
