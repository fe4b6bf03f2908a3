"""What happens to a build from outside: kills, full disks, edits meanwhile, damaged caches."""
