#!/bin/sh
set -e

if [ "$1" = "supervisord" ]; then
  echo "preparing" # for supervisord
  ./migrate
fi

exec "$@"
