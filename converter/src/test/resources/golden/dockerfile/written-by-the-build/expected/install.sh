#!/bin/sh
set -e
mkdir -p /etc/supervisor/conf.d
cat > /etc/supervisor/conf.d/four.conf <<EOF
[program:four]
command=four $(hostname)
EOF
if [ -d /x ]; then
cat > /etc/supervisor/conf.d/five.conf <<EOF
[program:five]
command=five
EOF
fi
echo fine
