import sys
sys.stderr.write("somebody has stopped")
