#!/bin/sh
mkdir -p /run/app
