#!/bin/sh
set -e
if [ "$1" = supervisord ]; then
  mkdir -p /srv/data
  chown www-data /srv/data
  echo "prepared for $*" | cut -d ' ' -f 1,2 >/srv/data/prepared
fi
exec "$@"
