"""The archive audit: years of mail that nobody looked at, judged by the same decision point.

``sources`` find the messages in files and mailboxes, ``run`` goes through them on all cores and
goes on where it stopped, ``judge`` says what was wrong with each, ``report`` puts it on paper.
"""
