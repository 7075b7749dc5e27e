#!/bin/bash
echo x > /etc/container_environment/TOKEN
