package io.eventloop.containment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nothing of another application is ever signalled, where numbers of processes are
 * recycled all the time: in a PID namespace with few of them, beside a neighbour that
 * starts and ends processes, groups and sessions as fast as it can. Needs root, unshare,
 * perl and Linux 6.14, whose namespaces have limits of their own. With
 * {@code -Dtrees.neighbour=50000 -Dtrees.seconds=300} as many trees are ended, or as fit
 * into the time.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class NeighbourIT {

	private static final int TREES = Integer.getInteger("trees.neighbour", 200);

	private static final int SECONDS = Integer.getInteger("trees.seconds", 30);

	private static final String TAG = "98772";

	private static final String NUMBERS = "600";

	/**
	 * Each child ends by itself, so a signal in a status is a foreign one. Some lead
	 * groups and sessions whose members outlive them, and write a byte at their end.
	 */
	private static final String NEIGHBOUR = """
			use POSIX; use Fcntl; my $over = 0; $SIG{TERM} = sub { $over = 1 };
			pipe(my $in, my $out); fcntl($in, F_SETFL, O_NONBLOCK);
			my ($forked, $left, $done) = (0, 0, 0);
			sub drain { while (sysread($in, my $bytes, 4096)) { $done += length($bytes) } }
			while (!$over) {
				my %children;
				for my $kind (1..6) {
					my $pid = fork() // next;
					if (!$pid) {
						$SIG{TERM} = 'DEFAULT';
						setpgid(0, 0) if $kind == 1; setsid() if $kind > 4;
						exit 0 if $kind < 4;
						my $member = fork() // exit 1;
						if (!$member) {
							select(undef, undef, undef, rand(($kind == 4) ? 0.002 : 0.05));
							syswrite($out, '.') if $kind > 4; exit 0
						}
						if ($kind == 4) { waitpid($member, 0); kill('KILL', $$) if $? & 127 }
						exit 0
					}
					$children{$pid} = $kind;
				}
				for (keys %children) {
					1 while waitpid($_, 0) < 0 && $!{EINTR};
					$forked++; print "touched $?\n" if $? & 127; $left++ if $children{$_} > 4 && $? == 0;
				}
				drain();
			}
			sleep 1; drain(); print "touched ", $left - $done, " orphans\n" if $left != $done;
			print "forked $forked, $left orphans\n";
			""";

	private static final String SCRIPT = """
			echo %1$s >/proc/sys/kernel/pid_max || exit 77
			perl -e "$1" >"$2" 2>&1 & neighbour=$!
			shift 2; "$@"; sleep 5
			kill $neighbour; wait $neighbour; echo neighbour $?
			echo left $(ps -eo pid,args | grep -w "sleep %2$s" | grep -vw grep)
			""".formatted(NUMBERS, TAG);

	@TempDir
	private Path folder;

	@Test
	@DisplayName("No process of a neighbour is touched while trees are ended, by the JVM and by the guardian")
	void neighbourIsLeftAlone() throws Exception {
		Assumptions.assumeTrue(canUnshare(), "PID namespaces with limits of their own");
		Path told = this.folder.resolve("neighbour.txt");
		Process all = new ProcessBuilder("unshare", "-pf", "--mount-proc", "--kill-child", "sh", "-c", SCRIPT, "all",
				NEIGHBOUR, told.toString(), Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx128m", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
				TreesBesideNeighbour.class.getName(), TAG, Integer.toString(TREES), Integer.toString(SECONDS))
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		List<String> lines = all.inputReader().lines().toList();
		System.out.println("Trees ended: %s; neighbour: %s".formatted(lines, Files.readAllLines(told)));
		assertThat(Files.readAllLines(told)).as("the neighbour's report")
			.singleElement()
			.asString()
			.startsWith("forked ");
		assertThat(lines).contains("neighbour 0", "left").noneMatch((line) -> line.contains("escaped"));
	}

	private static boolean canUnshare() throws Exception {
		String before = Files.readString(Path.of("/proc/sys/kernel/pid_max"));
		Process probe = new ProcessBuilder("unshare", "-pf", "--mount-proc", "sh", "-c",
				"perl -e 1 && uname -r | { IFS=. read -r major minor rest; [ $major -gt 6 ] || [ $major = 6 -a $minor -ge 14 ]; }"
						+ " && echo %s >/proc/sys/kernel/pid_max".formatted(NUMBERS))
			.redirectErrorStream(true)
			.start();
		return probe.waitFor() == 0 && Files.readString(Path.of("/proc/sys/kernel/pid_max")).equals(before);
	}

}
