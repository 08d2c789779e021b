"""From an assessment to what a person reads: charts, HTML and PDF."""
