package io.eventloop.autoconfigure;

import java.time.Duration;

import io.eventloop.Signal;
import io.eventloop.Teardown;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.StringUtils;

/**
 * Reads a teardown as its text form has it: {@code close-input 1s, SIGTERM 5s, SIGKILL}.
 */
final class TeardownProperty {

	private static final String CLOSE_INPUT = "close-input";

	private TeardownProperty() {
	}

	/**
	 * Read the value of a property.
	 * @throws InvalidConfigurationPropertyValueException if it is no teardown with an end
	 */
	static Teardown read(String property, String text) {
		try {
			Teardown ladder = null;
			for (String step : StringUtils.commaDelimitedListToStringArray(text)) {
				ladder = then(ladder, step.strip());
			}
			if (ladder == null || !ladder.kills()) {
				throw new IllegalArgumentException("It does not end with SIGKILL, so a command may survive it");
			}
			return ladder;
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			throw new InvalidConfigurationPropertyValueException(property, text,
					ex.getMessage() + ". Use steps such as 'close-input 1s, SIGTERM 5s, SIGKILL'.");
		}
	}

	private static Teardown then(@Nullable Teardown ladder, String step) {
		String[] words = StringUtils.tokenizeToStringArray(step, " \t");
		if (words.length == 1 && Signal.of(words[0]).equals(Signal.SIGKILL)) {
			return (ladder == null) ? Teardown.kill() : ladder.thenKill();
		}
		if (words.length != 2) {
			throw new IllegalArgumentException("Step '%s' is not a name and a duration".formatted(step));
		}
		Duration patience = DurationStyle.detectAndParse(words[1]);
		if (!words[0].equals(CLOSE_INPUT)) {
			Signal signal = Signal.of(words[0]);
			return (ladder == null) ? Teardown.signal(signal, patience) : ladder.then(signal, patience);
		}
		if (ladder != null) {
			throw new IllegalArgumentException("Step 'close-input' is not the first one");
		}
		return Teardown.closeInput(patience);
	}

}
