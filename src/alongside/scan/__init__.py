"""Reading what is written: which private facts, moves elsewhere and secrets a text holds.

Pure: octets and texts in, sightings out; no clock, no files, no network. ``message.read_message``
decodes a message, ``scan.scan`` looks through what was decoded. What a sighting leads to is the
decision point's business and the rulebook's.
"""
