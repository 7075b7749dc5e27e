#!/bin/bash
start() {
  echo starting
  exec /init
}
setup
start
