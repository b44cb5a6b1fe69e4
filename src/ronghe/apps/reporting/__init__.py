"""述职评议考核: secretaries report on their year, are commented on, voted on and followed up."""
