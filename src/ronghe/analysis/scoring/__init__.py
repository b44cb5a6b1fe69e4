"""From a scheme to whole-number expressions, and from those to SQL text or a plain evaluation."""
