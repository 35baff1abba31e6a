"""Measures the program as people meet it: ``python -m benchmarks`` prints a table and keeps it in bench-results/."""
