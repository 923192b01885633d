"""The web's own floor: the frame of every page, its components, forms and headers.

It knows no word of what the pages are about, and imports nothing of the other rooms.
"""
