#!/bin/sh
stop() { for s in $(ls /etc/service); do /usr/lib/pintle/compat/runit/sv force-stop $s; done; kill -TERM $pid; wait $pid; exit; }
[ -n "$NGINX_DISABLED" ] && touch /etc/service/nginx/down
/init &
pid=$!
trap stop TERM
wait $pid
