# A server in a few lines, whose tools end it in several ways
if [ "$1" ]; then
	sh -c 'sleep 600; true' "$0" &
fi
[ "$STUBBORN" ] && trap '' TERM
answer() {
	printf '{"jsonrpc":"2.0","id":%s,"result":%s}\n' "$id" "$1"
}
text() {
	answer "{\"content\":[{\"type\":\"text\",\"text\":\"$1\"}]}"
}
while IFS= read -r line; do
	id=${line##*\"id\":}
	id=${id%%,*}
	id=${id%%\}*}
	case $line in
		*'"method":"initialize"'*)
			[ "$SILENT" ] || answer '{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"shell","version":"1"}}' ;;
		*'"method":"tools/list"'*) answer '{"tools":[{"name":"pid","inputSchema":{"type":"object"}}]}' ;;
		*'"method":"ping"'*) answer '{}' ;;
		*'"name":"pid"'*) text $$ ;;
		*'"name":"environment"'*) text "$(env | cut -d= -f1 | sort | tr '\n' ' ')" ;;
		*'"name":"hang"'*) ;;
		*'"name":"greet"'*) echo "hello, this is no JSON"; text greeted ;;
		*'"name":"large"'*) head -c 200000 /dev/zero | tr '\0' x; echo ;;
		*'"name":"die"'*) echo "the disk is full" >&2; exit 3 ;;
	esac
done
while [ "$STUBBORN" ]; do
	sleep 600
done
