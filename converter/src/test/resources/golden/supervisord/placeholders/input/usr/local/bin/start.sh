#!/bin/sh
# PORT is set by the user
sed -i "s/{{ PORT }}/${PORT:-80}/" /etc/supervisord.conf
sed -i "s/__RUN_AS__/$USER/;s/@MODE@/$MODE/" /etc/supervisord.conf
exec supervisord -n
