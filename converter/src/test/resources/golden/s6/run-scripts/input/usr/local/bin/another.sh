#!/bin/sh
exec another
