#!/bin/sh
wait-for db
pintle start late
