#!/bin/sh
pintle start b
exec sleep 100000
