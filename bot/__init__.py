"""Questions in, answers out: terminal, HTTP, web page and Telegram."""
