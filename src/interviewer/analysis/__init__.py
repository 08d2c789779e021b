"""From a recording to observations: decoding, segments, speech, voice and face."""
