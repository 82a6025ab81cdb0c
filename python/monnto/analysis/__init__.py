"""Looking at networks: weights of partitioned groups, spike trains, classes, reconstruction."""
