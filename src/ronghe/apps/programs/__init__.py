"""What programs (程序) meet in every app's API: tokens, limits, paging, problems, the reference."""
