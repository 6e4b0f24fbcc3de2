package io.eventloop.samples.benchmarks.report;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

import javax.xml.parsers.DocumentBuilderFactory;

import io.eventloop.samples.benchmarks.Case;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Numbers, goals and pictures.
 */
class ReportTests {

	@Test
	void aPictureIsXmlWhateverItsTexts() throws Exception {
		Svg svg = new Svg(100, "`a` < b & c > \"d\"");
		svg.text(1, 2, "label", "start", "1 < 2 & 3");
		Document document = DocumentBuilderFactory.newInstance()
			.newDocumentBuilder()
			.parse(new ByteArrayInputStream(svg.draw(50).getBytes(StandardCharsets.UTF_8)));
		assertThat(document.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("a < b & c > \"d\"");
		assertThat(document.getElementsByTagName("text").item(0).getTextContent()).isEqualTo("1 < 2 & 3");
	}

	@Test
	void numbersHaveThreeDigitsThatCount() {
		assertThat(Numbers.format(0)).isEqualTo("0");
		assertThat(Numbers.format(0.123)).isEqualTo("0.12");
		assertThat(Numbers.format(1.5512)).isEqualTo("1.55");
		assertThat(Numbers.format(45.61)).isEqualTo("45.6");
		assertThat(Numbers.format(1551.4)).isEqualTo("1,551");
		assertThat(Numbers.format(91_230_000)).isEqualTo("91.2 M");
	}

	@Test
	void aGoalHoldsFromItsBoundOn() {
		Goal least = Goal.atLeast(0.95, Case.A, "rate", "pidfd", "c");
		assertThat(least.holds(0.95)).isTrue();
		assertThat(least.holds(0.94)).isFalse();
		Goal most = Goal.atMost(1.1, Case.B, "cpu", "pidfd", "c");
		assertThat(most.holds(1.1)).isTrue();
		assertThat(most.holds(1.11)).isFalse();
	}

	@Test
	void everyGoalIsAboutSomethingThatIsMeasured() {
		assertThat(Goals.ALL).allSatisfy((goal) -> assertThat(goal.tested().metrics())
			.anySatisfy((metric) -> assertThat(metric.name()).isEqualTo(goal.metric())));
	}

}
