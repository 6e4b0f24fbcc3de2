package io.eventloop.client.test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rules of a scripted client, and what was asked of it.
 */
final class Script {

	private final List<Rule> rules = new ArrayList<>();

	private final List<AskedCommand> asked = new ArrayList<>();

	private final List<AskedCommand> unanswered = new ArrayList<>();

	private final Set<AskedCommand> verified = new HashSet<>();

	synchronized ScriptedAnswer add(CommandMatcher matcher) {
		ScriptedAnswer answer = new ScriptedAnswer();
		this.rules.add(new Rule(matcher, answer));
		return answer;
	}

	/**
	 * Return what the last rule that matches says.
	 * @throws IllegalStateException if there is none
	 */
	synchronized ScriptedAnswer answer(AskedCommand command) {
		this.asked.add(command);
		for (int i = this.rules.size() - 1; i >= 0; i--) {
			Rule rule = this.rules.get(i);
			if (rule.matcher().matches(command) && rule.answer().use()) {
				return rule.answer();
			}
		}
		this.unanswered.add(command);
		throw new IllegalStateException("No rule of the script matches '%s'; the rules are %s. Add one with when(…)"
			.formatted(command, texts(this.rules.stream().map(Rule::matcher).toList())));
	}

	synchronized List<AskedCommand> asked() {
		return List.copyOf(this.asked);
	}

	synchronized List<AskedCommand> verify(CommandMatcher matcher, int times) {
		List<AskedCommand> found = this.asked.stream().filter(matcher::matches).toList();
		if (found.size() != times) {
			throw new AssertionError("'%s' was run %s, not %s; what was run is %s".formatted(matcher,
					times(found.size()), times(times), texts(this.asked)));
		}
		this.verified.addAll(found);
		return found;
	}

	synchronized AskedCommand verify(CommandMatcher matcher) {
		List<AskedCommand> found = this.asked.stream().filter(matcher::matches).toList();
		if (found.isEmpty()) {
			throw new AssertionError("'%s' was not run; what was run is %s".formatted(matcher, texts(this.asked)));
		}
		this.verified.addAll(found);
		return found.get(found.size() - 1);
	}

	synchronized void verifyNothingElse() {
		if (!this.unanswered.isEmpty()) {
			throw new AssertionError("No rule of the script matched %s".formatted(texts(this.unanswered)));
		}
		List<AskedCommand> others = new ArrayList<>(this.asked);
		others.removeAll(this.verified);
		if (!others.isEmpty()) {
			throw new AssertionError("%s was run, too; verify it, or do not run it".formatted(texts(others)));
		}
	}

	private static String times(int number) {
		return (number == 1) ? "once" : number + " times";
	}

	private static String texts(List<?> commands) {
		return commands.isEmpty() ? "nothing"
				: commands.stream().map((command) -> "'" + command + "'").collect(Collectors.joining(", "));
	}

	private record Rule(CommandMatcher matcher, ScriptedAnswer answer) {

	}

}
