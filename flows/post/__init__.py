"""Messages: what partners and the data team are told by mail, and nothing of any person.

A message is written in the outbox first and sent from there, so that no server that is down keeps
a delivery from being received, and no crash loses a message.
"""
