"""Widgets: they show and forward, and decide nothing."""
