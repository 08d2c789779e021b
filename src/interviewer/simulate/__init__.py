"""The drawn and spoken candidate, whose every word and glance is known.

`script` reads what happens; `speech` lets a voice say the answers; `performance` says for each
moment what is seen and heard, without drawing or playing anything; `drawing` turns such a moment
into a frame; `film` writes frames and sound into a recording, and `truth` beside it; `live` is the
microphone and the camera of an interview that is going on.
"""
