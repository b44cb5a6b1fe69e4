"""A scheme document in the making: its parts, their fields on screen, what is wrong with it.

Pure: documents in, documents and findings out. A draft may hold anything that somebody typed or
uploaded, so nothing here assumes that it is complete or sound.
"""
