"""Complaints (投诉): what is wrong, said from any page, answered with reasons in time."""
