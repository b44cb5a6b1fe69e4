"""Reading: ``cockpit`` for counties and places, ``plans`` for joint plans, ``links`` for fusion."""
