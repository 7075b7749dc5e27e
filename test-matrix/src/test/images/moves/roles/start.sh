#!/bin/bash
set -e
export STARTED_BY=start.sh
case "$ROLE" in
  queue)
    /queue.sh
    ;;
  *)
    echo "unknown role $ROLE"
    exit 1
    ;;
esac
