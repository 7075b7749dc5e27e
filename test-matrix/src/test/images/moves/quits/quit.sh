#!/bin/sh
echo READY
while read -r line; do
  echo "$line" >&2
  kill -TERM $PPID
done
