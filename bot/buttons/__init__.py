"""Buttons and forms.

Everything a button needs is in its ``custom_id``, or in the bot's storage under a key that the
``custom_id`` contains, so buttons work after a restart and on old messages. The content that a
button shows is looked up when it is pressed.
"""
