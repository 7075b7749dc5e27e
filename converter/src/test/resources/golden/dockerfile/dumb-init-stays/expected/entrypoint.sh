#!/bin/bash
/init &
wait-for web
echo up
wait
