"""The orientation as data: what words mean, ranked courses with every reason, paths of several courses."""
