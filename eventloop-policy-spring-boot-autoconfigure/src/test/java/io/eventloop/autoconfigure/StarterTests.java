package io.eventloop.autoconfigure;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the starter brings. Its build has a rule about what comes with that.
 */
class StarterTests {

	private static final Path POM = Path.of("..", "eventloop-policy-spring-boot-starter", "pom.xml");

	@Test
	@DisplayName("N2 the starter brings spring-boot-starter and us, and nothing optional")
	void starterBringsNothingOptional() throws Exception {
		assertThat(values("/project/dependencies/dependency/artifactId"))
			.containsExactlyInAnyOrder("eventloop-policy-spring-boot-autoconfigure", "spring-boot-starter");
		assertThat(values("//bannedDependencies/excludes/exclude")).containsExactly("*");
		assertThat(values("//bannedDependencies/includes/include")).noneMatch((include) -> include.contains("actuator")
				|| include.contains("web") || include.contains("micrometer-core"));
	}

	private static List<String> values(String path) throws Exception {
		Document pom = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(POM.toFile());
		XPath xpath = XPathFactory.newInstance().newXPath();
		NodeList nodes = (NodeList) xpath.evaluate(path, pom, XPathConstants.NODESET);
		return IntStream.range(0, nodes.getLength()).mapToObj((i) -> nodes.item(i).getTextContent().strip()).toList();
	}

}
