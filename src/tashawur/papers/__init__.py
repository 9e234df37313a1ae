"""What people read, print and put in a calendar: words in three languages, the report, the half page, iCalendar."""
