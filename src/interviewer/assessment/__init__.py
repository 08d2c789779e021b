"""From observations to metrics, scores, findings and advice. Pure: no model, file or clock."""
