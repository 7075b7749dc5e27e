#!/bin/sh
j2 /etc/supervisord.conf > /tmp/s.conf
