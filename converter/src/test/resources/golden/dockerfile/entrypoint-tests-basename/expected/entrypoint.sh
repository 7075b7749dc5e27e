#!/bin/bash
if [ "$(basename $1)" = init ]; then
  migrate
fi
exec "$@"
