#!/bin/bash
/init &
tail -f /var/log/app.log
