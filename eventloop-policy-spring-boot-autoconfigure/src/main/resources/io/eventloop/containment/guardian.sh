# Outlives a JVM to end what it leaves behind. It reads from a pipe that the JVM alone holds: the mark of all of its
# trees, their control groups, how long they have to end, and "end" where nothing is left to do. Where the pipe ends
# without that, the JVM has died: SIGTERM goes to all processes that are found, and SIGKILL to those that are left
# after that time.
trap '' HUP INT QUIT TERM USR1 USR2 TSTP TTIN TTOU PIPE
mark= grace=0 groups= outside=
while read -r word value; do
	case $word in
	mark) mark=$value ;;
	session) outside=$value ;;
	grace) grace=$value ;;
	cgroup) groups="$groups $value" ;;
	end) exit 0 ;;
	esac
done
[ "$mark" ] || exit 0

# Read a process as proc_pid_stat(5) has it: its state, parent, group, session and start. Its name may contain line
# breaks, blanks and parentheses
stat() {
	line=
	{ while read -r part; do line="$line $part"; done <"/proc/$1/stat"; } 2>/dev/null
	set -- ${line##*") "}
	[ $# -gt 19 ] || return 1
	state=$1 parent=$2 group=$3 session=$4
	shift 19
	start=$1
}

# The same, but fail for one that nothing can end any more
alive() {
	stat "$1" && [ "$state" != Z ] && [ "$state" != X ]
}

# Return whether the number of a process is still that of the member that was found
is_there() {
	case $members in *" $1:"*) ;; *) return 1 ;; esac
	known=${members#*" $1:"}
	stat "$1" && [ "$start" = "${known%% *}" ]
}

# Add a process and its start to what was found, and its session, if that is known to have been made within a tree
add() {
	found="$found$1 " members="$members$1:$start "
	case $session in "${outside:-$session}" | 0) ;; *) sessions="$sessions$session:$1 " ;; esac
}

# Find the processes that were found before, that have the mark, or are in a control group
look() {
	before=$members found=' ' members=' ' sessions=' '
	for member in $before; do
		alive "${member%:*}" && [ "$start" = "${member#*:}" ] && add "${member%:*}"
	done
	marked=$(grep -lF -e "$mark" /proc/[0-9]*/environ 2>/dev/null)
	[ "$marked" ] && add_all "$marked" 'grep -lF -e "$mark" $marked'
	for directory in $groups; do
		inside=$(cat "$directory"/cgroup.procs "$directory"/*/cgroup.procs 2>/dev/null)
		add_all "$inside" 'cat "$directory"/cgroup.procs "$directory"/*/cgroup.procs'
	done
	find_related
	[ "$found" != ' ' ]
}

# Add processes that a command has listed. Since then their numbers may have become other processes': so it lists them
# again after their starts were read, and who is signalled later has that start
add_all() {
	listed=
	for pid in $1; do
		pid=${pid#/proc/} pid=${pid%/environ}
		case $found in *" $pid "*) continue ;; esac
		[ "$pid" != $$ ] && alive "$pid" && listed="$listed$pid:$start:$session "
	done
	again=" $(eval "$2" 2>/dev/null | tr '\n' ' ')"
	for entry in $listed; do
		pid=${entry%%:*} session=${entry##*:} start=${entry#*:}
		start=${start%:*}
		case $again in *" $pid "* | *" /proc/$pid/environ "*) add "$pid" ;; esac
	done
}

# Find the processes whose parent, or the leader of whose group, is found, or that share a session with one that is. It
# counts only if that one has its number still: else the number may have been another process's
find_related() {
	more=$found
	while [ "$more" ]; do
		more=
		for file in /proc/[0-9]*; do
			pid=${file#/proc/}
			case $found in *" $pid "*) continue ;; esac
			[ "$pid" != $$ ] && alive "$pid" || continue
			case $found in
			*" $parent "*) relative=$parent ;;
			*" $group "*) relative=$group ;;
			*)
				case $sessions in *" $session:"*) ;; *) continue ;; esac
				relative=${sessions#*" $session:"} relative=${relative%% *}
				;;
			esac
			its_start=$start its_session=$session
			is_there "$relative" || continue
			start=$its_start session=$its_session
			add "$pid" && more=yes
		done
	done
}

# Send a signal to what was found, each of it once it is seen to be the same process still
signal() {
	for member in $members; do
		alive "${member%:*}" && [ "$start" = "${member#*:}" ] && kill -s "$1" "${member%:*}" 2>/dev/null
	done
}

# Read the seconds since the system was started, as the time of day may be set meanwhile
now() {
	{ read -r seconds rest </proc/uptime; } 2>/dev/null || seconds=$(date +%s)
	seconds=${seconds%.*}
}

# Remove the control groups, which are empty
remove() {
	for directory in $groups; do
		rmdir "$directory"/* "$directory" 2>/dev/null
	done
}

members=
if look || look; then
	signal TERM
	now
	deadline=$((seconds + grace))
	while [ "$seconds" -lt "$deadline" ] && { look || look; }; do
		sleep 0.1 2>/dev/null || sleep 1
		now
	done
	rounds=0
	while [ $rounds -lt 500 ] && { look || look; }; do
		for directory in $groups; do
			echo 1 2>/dev/null >"$directory/cgroup.kill"
		done
		signal KILL
		rounds=$((rounds + 1))
	done
fi
remove
