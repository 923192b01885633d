"""What the sentences of a text mean, told by what was learnt from examples and not by phrases.

The phrases of the word lists are few and certain; people have a thousand other ways of saying the
same. So each sentence gets a quick first look, and the network a second one at what is left.
"""
