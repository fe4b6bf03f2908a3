"""Figures as geometry: what stands where, in units of the drawing's own view box.

A chart is made of few marks (`drawing`), each with a `look` that names its class in
assets/css/components/chart.css. `svg` writes a drawing into a page or as a file of its own.
"""
